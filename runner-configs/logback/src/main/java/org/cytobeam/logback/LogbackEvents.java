package org.cytobeam.logback;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.function.Consumer;
import java.util.function.Function;
import org.cytobeam.pipelines.log.LogBackend;
import org.cytobeam.pipelines.log.LogFormat;
import org.slf4j.LoggerFactory;

/** Gives away, as text without secrets, what Logback is told. */
public final class LogbackEvents implements LogBackend {

  /** Times in UTC, so that the logs of several machines can be laid beside each other. */
  private static final String PATTERN =
      "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\", UTC} %-5level [%thread] %logger{40} - "
          + "%replace(%msg){'[\\r\\n]+', ' | '}%n%ex";

  @Override
  public Runnable attach(LogFormat format, Consumer<String> events) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    RenderingAppender appender = new RenderingAppender(form(format, context), events);
    appender.setContext(context);
    appender.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    return () -> {
      root.detachAppender(appender);
      appender.stop();
    };
  }

  private static Function<ILoggingEvent, String> form(LogFormat format, LoggerContext context) {
    return switch (format) {
      case TEXT -> new ShownLayout(context, PATTERN)::doLayout;
      case JSON -> JsonEvents::line;
    };
  }

  /** Brings events into a form, by the thread that logs. */
  private static final class RenderingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private final Function<ILoggingEvent, String> form;
    private final Consumer<String> events;

    RenderingAppender(Function<ILoggingEvent, String> form, Consumer<String> events) {
      this.form = form;
      this.events = events;
    }

    @Override
    protected void append(ILoggingEvent event) {
      events.accept(form.apply(event));
    }
  }
}
