package org.cytobeam.logback;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.concurrent.atomic.AtomicInteger;
import org.cytobeam.transforms.outcome.FailureLog;

/**
 * Events for the console: a line each, without stack traces, which the log keeps. Of items that
 * failed only the first are shown: a whole plate of them would bury all else.
 */
final class ConsoleLayout extends ShownLayout {

  private static final String PATTERN = "%-5level %replace(%msg){'\\s*[\\r\\n]+\\s*', ' '}%nopex%n";

  private static final int MOST_FAILURES = 20;

  private static final String MORE =
      "WARN  More items failed. All are in the run's log, and will be in failures.csv.%n";

  private final AtomicInteger failures = new AtomicInteger();

  ConsoleLayout(LoggerContext context) {
    super(context, PATTERN);
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    if (event.getLoggerName().equals(FailureLog.class.getName())) {
      int count = failures.incrementAndGet();
      if (count > MOST_FAILURES) {
        return count == MOST_FAILURES + 1 ? MORE.formatted() : "";
      }
    }
    return super.doLayout(event);
  }
}
