package org.cytobeam.io.png;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Takes a PNG file apart, checking each checksum bit by bit. */
final class PngChunks {

  static final class Chunk {

    private final String type;
    private final byte[] data;

    private Chunk(String type, byte[] data) {
      this.type = type;
      this.data = data;
    }

    String type() {
      return type;
    }

    byte[] data() {
      return data;
    }
  }

  private PngChunks() {}

  static List<Chunk> of(byte[] png) {
    ByteBuffer file = ByteBuffer.wrap(png);
    assertThat(file.getLong(), is(0x89504e470d0a1a0aL));
    List<Chunk> chunks = new ArrayList<>();
    while (file.hasRemaining()) {
      int length = file.getInt();
      byte[] typeAndData = new byte[4 + length];
      file.get(typeAndData);
      assertThat(file.getInt(), is(crc(typeAndData)));
      byte[] data = new byte[length];
      System.arraycopy(typeAndData, 4, data, 0, length);
      chunks.add(new Chunk(new String(typeAndData, 0, 4, StandardCharsets.US_ASCII), data));
    }
    return chunks;
  }

  private static int crc(byte[] bytes) {
    int crc = 0xffff_ffff;
    for (byte b : bytes) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0xedb8_8320;
      }
    }
    return ~crc;
  }

  /** Returns exactly {@code length} bytes from a zlib stream that ends where its bytes do. */
  static byte[] inflate(byte[] zlib, int offset, int zlibLength, int length) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(zlib, offset, zlibLength);
      byte[] data = new byte[length + 1];
      int count = 0;
      int got;
      do {
        got = inflater.inflate(data, count, data.length - count);
        count += got;
      } while (got > 0);
      assertThat(inflater.finished(), is(true));
      assertThat(inflater.getRemaining(), is(0));
      assertThat(count, is(length));
      return Arrays.copyOf(data, length);
    } catch (DataFormatException e) {
      throw new AssertionError(e);
    } finally {
      inflater.end();
    }
  }
}
