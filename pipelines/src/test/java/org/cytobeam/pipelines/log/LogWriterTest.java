package org.cytobeam.pipelines.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogWriterTest {

  private final KeptLines lines = new KeptLines();
  private final List<Exception> trouble = new CopyOnWriteArrayList<>();
  private final LogWriter writer = new LogWriter(lines, trouble::add);

  @Test
  void writesEachLineOfAnEventInItsPlace() {
    writer.add("one\n");
    writer.add("two\r\n\tat a\n\tat b\rthree\n");
    writer.close();

    assertThat(lines.appended, contains("one", "two", "\tat a", "\tat b", "three"));
    assertThat(lines.isClosed, is(true));
    assertThat(lines.discarded.getCount(), is(1L));
    assertThat(trouble, is(empty()));
  }

  /** As an S3 client's thread logs while the log's own request waits for that thread. */
  @Test
  void whoLogsNeverWaitsAndTheLogSaysWhatItLacks() throws InterruptedException {
    CountDownLatch open = new CountDownLatch(1);
    lines.gate = open;
    writer.add("first");
    lines.begun.await();
    for (int i = 0; i < LogWriter.MOST_WAITING + 3; i++) {
      writer.add("event " + i);
    }
    open.countDown();
    writer.close();

    assertThat(lines.appended, hasSize(1 + LogWriter.MOST_WAITING + 1));
    assertThat(lines.appended.get(0), is("first"));
    assertThat(lines.appended.get(1), is("(3 events that came too fast are not in this log)"));
    assertThat(lines.appended.get(2), is("event 0"));
  }

  @Test
  void troubleIsToldOnceAndEndsTheLog() throws InterruptedException {
    IOException full = new IOException("No space left on device");
    lines.fault = full;
    writer.add("one");
    writer.add("two");
    writer.close();

    assertThat(trouble, contains(sameInstance(full)));
    assertThat(lines.appended, is(empty()));
    lines.discarded.await();
    assertThat(lines.isClosed, is(false));
  }

  @Test
  void whatCanNotBeHandedOnAtTheEndIsToldToo() throws InterruptedException {
    IOException refused = new IOException("503");
    lines.fault = refused;
    writer.close();

    assertThat(trouble, contains(sameInstance(refused)));
    lines.discarded.await();
  }

  /** As when a server takes the lines and does not answer. */
  @Test
  void anEndThatTakesTooLongIsGivenUpAndTold() throws InterruptedException {
    lines.gate = new CountDownLatch(1);
    LogWriter hasty = new LogWriter(lines, trouble::add, Duration.ofMillis(1));
    hasty.add("one");
    hasty.add("two");
    lines.begun.await();
    hasty.close();

    assertThat(trouble, hasSize(1));
    assertThat(trouble.get(0).getMessage(), is("its end could not be written within 0 s"));
    lines.discarded.await();
    lines.interrupted.await();
    assertThat(lines.appended, is(empty()));
    assertThat(lines.isClosed, is(false));
  }

  @Test
  void whatIsAddedAfterTheEndIsLeftOut() {
    writer.close();
    writer.add("late");

    assertThat(lines.appended, is(empty()));
    assertThat(trouble, is(empty()));
  }
}
