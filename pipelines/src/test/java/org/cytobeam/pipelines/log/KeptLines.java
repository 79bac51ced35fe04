package org.cytobeam.pipelines.log;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.cytobeam.io.destination.LineLog;
import org.jspecify.annotations.Nullable;

/** A log that keeps its lines; can be told to fail, and to wait before each. */
final class KeptLines implements LineLog {

  final List<String> appended = new ArrayList<>();
  final CountDownLatch begun = new CountDownLatch(1);
  final CountDownLatch interrupted = new CountDownLatch(1);
  final CountDownLatch discarded = new CountDownLatch(1);
  volatile CountDownLatch gate = new CountDownLatch(0);
  volatile @Nullable IOException fault;
  volatile boolean isClosed;

  @Override
  public void append(String line) throws IOException {
    begun.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw new InterruptedIOException("interrupted");
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
  public void discard() {
    discarded.countDown();
  }
}
