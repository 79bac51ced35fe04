package org.cytobeam.transforms.flow;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Tells the end of a task by its runner from a failure of what it was doing. */
public final class Interrupts {

  private Interrupts() {}

  /**
   * Throws the exception on if it means that the thread was told to stop: the item it was working
   * on has not failed, and must not be written down as if it had.
   */
  public static void rethrow(IOException e) throws IOException {
    if (e instanceof ClosedByInterruptException || Thread.currentThread().isInterrupted()) {
      throw e;
    }
  }

  /**
   * Closes what a task has used although its thread was told to stop: connections that are cut off
   * in mid-farewell stay open, and what a journal has gathered would be lost.
   */
  public static void close(Closeable resource) throws IOException {
    boolean isInterrupted = Thread.interrupted();
    try {
      resource.close();
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
