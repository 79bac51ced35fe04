package org.cytobeam.testing.s3;

import java.time.Duration;

/**
 * How an answer travels.
 *
 * @param delay before the first byte of the answer
 * @param length how many bytes of the body are sent before {@code ending}
 * @param ending what happens after them, if the body is longer
 * @param bytesPerSecond pace of the body; 0 is as fast as it goes
 * @param slice length of the packets of the body; 0 is as the pace needs them
 * @param framing how the client knows where the body ends
 */
record Delivery(
    Duration delay, long length, Ending ending, long bytesPerSecond, int slice, Framing framing) {

  private static final int SLICES_PER_SECOND = 20;

  /** The whole body at once. */
  static final Delivery WHOLE =
      new Delivery(Duration.ZERO, Long.MAX_VALUE, Ending.CLOSE, 0, 0, Framing.LENGTH);

  /** What ends an answer before its time. */
  enum Ending {
    /** The connection is closed in order (FIN). */
    CLOSE,
    /** The connection is reset (RST). */
    RESET,
    /** Nothing more comes, and the connection stays open. */
    STALL,
    /** Not even the status line is sent; the connection is closed. */
    SILENCE
  }

  /** Where a body ends (RFC 9112 §6). */
  enum Framing {
    /** {@code Content-Length} says so. */
    LENGTH,
    /** It comes in chunks, the last one empty. No length is promised. */
    CHUNKED,
    /** Where the connection does, as with HTTP/1.0. No length is promised. */
    CLOSE
  }

  Delivery cut(long newLength, Ending newEnding) {
    return new Delivery(delay, newLength, newEnding, bytesPerSecond, slice, framing);
  }

  Delivery paced(long newBytesPerSecond) {
    return new Delivery(delay, length, ending, newBytesPerSecond, slice, framing);
  }

  Delivery delayed(Duration more) {
    return new Delivery(delay.plus(more), length, ending, bytesPerSecond, slice, framing);
  }

  Delivery sliced(int newSlice) {
    return new Delivery(delay, length, ending, bytesPerSecond, newSlice, framing);
  }

  Delivery framed(Framing newFraming) {
    return new Delivery(delay, length, ending, bytesPerSecond, slice, newFraming);
  }

  /** Returns how many bytes of the body go out at once, at least 1. */
  int packet(int whole) {
    int paced =
        bytesPerSecond == 0
            ? whole
            : (int) Math.min(Integer.MAX_VALUE, bytesPerSecond / SLICES_PER_SECOND);
    return Math.max(1, slice == 0 ? paced : slice);
  }
}
