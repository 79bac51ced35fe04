package org.cytobeam.direct;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.function.Consumer;
import org.cytobeam.pipelines.log.LogBackend;
import org.slf4j.LoggerFactory;

/** Gives away, as text, what Logback is told. */
public final class LogbackEvents implements LogBackend {

  /** Times in UTC, so that the logs of several machines can be laid beside each other. */
  private static final String PATTERN =
      "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\", UTC} %-5level [%thread] %logger{40} - "
          + "%replace(%msg){'[\\r\\n]+', ' | '}%n%ex";

  @Override
  public Runnable attach(Consumer<String> events) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    RenderingAppender appender = new RenderingAppender(lines(context), events);
    appender.setContext(context);
    appender.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    return () -> {
      root.detachAppender(appender);
      appender.stop();
    };
  }

  /** Returns the form that people read: a line an event, and below it the stack trace. */
  private static Layout<ILoggingEvent> lines(LoggerContext context) {
    PatternLayout layout = new PatternLayout();
    layout.setContext(context);
    layout.setPattern(PATTERN);
    layout.start();
    return layout;
  }

  /** Brings events into a form, by the thread that logs. */
  private static final class RenderingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private final Layout<ILoggingEvent> layout;
    private final Consumer<String> events;

    RenderingAppender(Layout<ILoggingEvent> layout, Consumer<String> events) {
      this.layout = layout;
      this.events = events;
    }

    @Override
    protected void append(ILoggingEvent event) {
      events.accept(layout.doLayout(event));
    }
  }
}
