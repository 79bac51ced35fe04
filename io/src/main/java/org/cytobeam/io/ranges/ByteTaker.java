package org.cytobeam.io.ranges;

import java.io.IOException;

/** Takes bytes in order. */
@FunctionalInterface
public interface ByteTaker {

  /**
   * Takes the next bytes. The array is used again afterwards.
   *
   * @throws IOException if they can't be taken; no more will come then
   */
  void take(byte[] bytes, int offset, int length) throws IOException;
}
