package org.cytobeam.pipelines.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.cytobeam.io.destination.LineLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogWriterTest {

  /** Keeps lines; can be told to fail, and to wait before each. */
  private static final class Lines implements LineLog {

    private final List<String> appended = new ArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile @Nullable IOException fault;
    private volatile boolean isClosed;

    @Override
    public void append(String line) throws IOException {
      begun.countDown();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      failIfToldTo();
      appended.add(line);
    }

    private void failIfToldTo() throws IOException {
      IOException thrown = fault;
      if (thrown != null) {
        throw thrown;
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
      failIfToldTo();
      isClosed = true;
    }

    @Override
    public void discard() {}
  }

  private final Lines lines = new Lines();
  private final List<Exception> trouble = new ArrayList<>();
  private final LogWriter writer = new LogWriter(lines, trouble::add);

  @Test
  void writesEachLineOfAnEventInItsPlace() {
    writer.add("one\n");
    writer.add("two\r\n\tat a\n\tat b\rthree\n");
    writer.close();

    assertThat(lines.appended, contains("one", "two", "\tat a", "\tat b", "three"));
    assertThat(lines.isClosed, is(true));
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
  void troubleIsToldOnceAndEndsTheLog() {
    IOException full = new IOException("No space left on device");
    lines.fault = full;
    writer.add("one");
    writer.add("two");
    writer.close();

    assertThat(trouble, contains(sameInstance(full)));
    assertThat(lines.appended, is(empty()));
  }

  @Test
  void whatCanNotBeHandedOnAtTheEndIsToldToo() {
    IOException refused = new IOException("503");
    lines.fault = refused;
    writer.close();

    assertThat(trouble, contains(sameInstance(refused)));
  }
}
