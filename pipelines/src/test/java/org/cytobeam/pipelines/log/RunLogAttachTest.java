package org.cytobeam.pipelines.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A log and a logging library that gives it events, or doesn't. */
@Timeout(60)
class RunLogAttachTest {

  private final KeptLines lines = new KeptLines();
  private final List<Exception> trouble = new ArrayList<>();

  @Test
  void theLogEndsWithTheBackend() {
    List<String> ended = new ArrayList<>();
    LogBackend backend =
        (style, events) -> {
          events.accept("one");
          return () -> ended.add("backend");
        };

    RunLog.attach(backend, LogStyle.TEXT, lines, trouble::add).close();

    assertThat(ended, contains("backend"));
    assertThat(lines.appended, contains("one"));
    assertThat(lines.isClosed, is(true));
    assertThat(trouble, is(empty()));
  }

  @Test
  void aBackendThatFailsLeavesNoLogOpen() throws InterruptedException {
    IllegalStateException unfit = new IllegalStateException("another library is in the way");
    LogBackend backend =
        (style, events) -> {
          throw unfit;
        };

    RunLog.attach(backend, LogStyle.TEXT, lines, trouble::add).close();

    lines.discarded.await();
    assertThat(trouble, contains(sameInstance(unfit)));
    assertThat(lines.isClosed, is(false));
  }
}
