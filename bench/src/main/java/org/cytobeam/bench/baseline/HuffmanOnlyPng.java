package org.cytobeam.bench.baseline;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.cytobeam.io.pixels.Raster;

/**
 * The fastest PNG that {@code java.util.zip} gives without a codec of one's own: each row minus the
 * one above it (filter Up), coded by Huffman codes alone, without a search for repeats.
 */
public final class HuffmanOnlyPng {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte UP = 2;
  private static final byte BITS = 8;

  private HuffmanOnlyPng() {}

  /** Returns a PNG of an 8-bit image. */
  public static byte[] encode(Raster image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(SIGNATURE);
    byte[] header =
        ByteBuffer.allocate(13).putInt(image.width()).putInt(image.height()).put(BITS).array();
    writeChunk(out, "IHDR", header, header.length);
    byte[] filtered = filtered(image);
    byte[] deflated = new byte[filtered.length + filtered.length / 100 + 64];
    writeChunk(out, "IDAT", deflated, deflate(filtered, deflated));
    writeChunk(out, "IEND", new byte[0], 0);
    return bytes.toByteArray();
  }

  private static byte[] filtered(Raster image) {
    byte[] samples = image.bytes();
    int width = image.width();
    byte[] filtered = new byte[(width + 1) * image.height()];
    for (int y = 0; y < image.height(); y++) {
      int to = y * (width + 1);
      int from = y * width;
      filtered[to] = UP;
      for (int x = 0; x < width; x++) {
        int above = y == 0 ? 0 : samples[from - width + x];
        filtered[to + 1 + x] = (byte) (samples[from + x] - above);
      }
    }
    return filtered;
  }

  private static int deflate(byte[] plain, byte[] deflated) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setStrategy(Deflater.HUFFMAN_ONLY);
      deflater.setInput(plain);
      deflater.finish();
      int length = 0;
      while (!deflater.finished()) { // the first call only sets the strategy
        length += deflater.deflate(deflated, length, deflated.length - length);
      }
      return length;
    } finally {
      deflater.end();
    }
  }

  private static void writeChunk(DataOutputStream out, String type, byte[] data, int length)
      throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data, 0, length);
    out.writeInt(length);
    out.write(name);
    out.write(data, 0, length);
    out.writeInt((int) crc.getValue());
  }
}
