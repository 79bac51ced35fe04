package org.cytobeam.bench.server;

import java.nio.ByteBuffer;

/** The bytes of an object, which need not be in memory as a whole. */
interface Content {

  /** Returns how many there are. */
  long length();

  /** Returns the bytes from a position on: at least one, {@code most} at most, to be read only. */
  ByteBuffer at(long position, int most);

  /** Returns bytes that are in memory. */
  static Content of(byte[] bytes) {
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    return new Content() {
      @Override
      public long length() {
        return direct.limit();
      }

      @Override
      public ByteBuffer at(long position, int most) {
        int from = (int) position;
        return direct.slice(from, Math.min(most, direct.limit() - from));
      }
    };
  }
}
