package org.cytobeam.io.png;

import java.util.zip.Adler32;

/** A zlib stream around Deflate blocks (RFC 1950). */
final class ZlibStream {

  /** Deflate with a window of 32 KiB; no dictionary; the default level, which readers ignore. */
  private static final int HEADER = 0x78 | (0x9c << Byte.SIZE);

  private ZlibStream() {}

  /** Writes bytes, at least one, matching strings in them or not. */
  static void write(byte[] data, boolean matchStrings, BitWriter out) {
    out.reserve(Short.SIZE);
    out.put(HEADER, Short.SIZE);
    if (matchStrings) {
      StringMatcher.write(data, out);
    } else {
      LiteralCoder.write(data, out);
    }
    out.align();
    Adler32 checksum = new Adler32();
    checksum.update(data);
    out.reserve(Integer.SIZE);
    out.put(Integer.reverseBytes((int) checksum.getValue()), Integer.SIZE);
  }
}
