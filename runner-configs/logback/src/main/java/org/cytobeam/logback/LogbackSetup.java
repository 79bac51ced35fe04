package org.cytobeam.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterReply;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the console gets of the log before and beside the run's file: warnings, a line each. Written
 * in Java, because reading XML takes longer than all the rest of it.
 *
 * <p>A file that the system property {@code logback.configurationFile} names replaces all of this.
 */
public final class LogbackSetup extends ContextAwareBase implements Configurator {

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty("logback.configurationFile") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(console(context));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(new ConsoleLayout(context));
    encoder.start();
    ConsoleFilter filter = new ConsoleFilter();
    filter.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("console");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.addFilter(filter);
    appender.start();
    return appender;
  }

  /** Lets through warnings of our own and errors of libraries. */
  private static final class ConsoleFilter extends Filter<ILoggingEvent> {

    /** What people need to know of these the command tells: why a run failed, that it stopped. */
    private static final List<String> TOLD_OTHERWISE =
        List.of(
            "org.cytobeam.pipelines.cli.",
            "org.apache.beam.runners.",
            "org.apache.flink.",
            "org.apache.spark.");

    @Override
    public FilterReply decide(ILoggingEvent event) {
      String logger = event.getLoggerName();
      boolean isOwn = logger.startsWith("org.cytobeam.");
      Level least = isOwn ? Level.WARN : Level.ERROR;
      boolean isShown =
          event.getLevel().isGreaterOrEqual(least)
              && TOLD_OTHERWISE.stream().noneMatch(logger::startsWith);
      return isShown ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
  }
}
