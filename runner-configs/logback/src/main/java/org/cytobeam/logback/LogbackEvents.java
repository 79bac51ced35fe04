package org.cytobeam.logback;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.function.Consumer;
import java.util.function.Function;
import org.cytobeam.pipelines.log.LogBackend;
import org.cytobeam.pipelines.log.LogStyle;
import org.slf4j.LoggerFactory;

/** Gives away, as text without secrets, what Logback is told. */
public final class LogbackEvents implements LogBackend {

  /** Times in UTC, so that the logs of several machines can be laid beside each other. */
  private static final String PATTERN =
      "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\", UTC} %-5level [%thread] %logger{40} - "
          + "%replace(%msg){'[\\r\\n]+', ' | '}%n%ex";

  /** Local time, as people look at their own clocks. */
  private static final String BRIEF =
      "%d{\"yyyy-MM-dd HH:mm:ss,SSS\"} [%level] %replace(%msg){'\\s*[\\r\\n]+\\s*', ' '}%nopex%n";

  /** The names of all loggers that say what becomes of items begin so. */
  private static final String OWN = "org.cytobeam.";

  @Override
  public Runnable attach(LogStyle style, Consumer<String> events) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    RenderingAppender appender = new RenderingAppender(form(style, context), events);
    appender.setContext(context);
    appender.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    return () -> {
      root.detachAppender(appender);
      appender.stop();
    };
  }

  private static Function<ILoggingEvent, String> form(LogStyle style, LoggerContext context) {
    return switch (style) {
      case TEXT -> new ShownLayout(context, PATTERN)::doLayout;
      case JSON -> JsonEvents::line;
      case BRIEF -> {
        ShownLayout layout = new ShownLayout(context, BRIEF);
        yield event -> event.getLoggerName().startsWith(OWN) ? layout.doLayout(event) : "";
      }
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
      String text = form.apply(event);
      if (!text.isEmpty()) {
        events.accept(text);
      }
    }
  }
}
