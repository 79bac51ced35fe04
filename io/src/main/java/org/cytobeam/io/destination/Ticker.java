package org.cytobeam.io.destination;

import java.io.Closeable;
import java.time.Duration;

/** Does things again and again, until they are closed. */
interface Ticker extends Closeable {

  /** What is done again and again. */
  interface Tick extends Closeable {
    @Override
    void close();
  }

  /** Does something a while from now, and again a while after each time. */
  Tick every(Duration pause, Runnable action);

  @Override
  void close();
}
