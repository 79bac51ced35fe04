package org.cytobeam.io.tiff;

/**
 * One array a thread for decompressed rows, used again for image after image: megabytes that would
 * else be cleared, and collected, for each of them.
 */
final class RowBuffer {

  /** Longer ones are rare and not kept: a thread may live long. */
  private static final int LONGEST_KEPT = 16 << 20;

  private static final byte[] NONE = new byte[0];

  private static final ThreadLocal<byte[]> OF_THREAD = ThreadLocal.withInitial(() -> NONE);

  private RowBuffer() {}

  /** Returns the array of this thread, or an empty one if it is in use. Its content is anything. */
  static byte[] take() {
    byte[] buffer = OF_THREAD.get();
    OF_THREAD.set(NONE);
    return buffer;
  }

  /** Keeps an array that nobody uses any more. */
  static void giveBack(byte[] buffer) {
    if (buffer.length > 0 && buffer.length <= LONGEST_KEPT) {
      OF_THREAD.set(buffer);
    }
  }
}
