package org.cytobeam.testing.images;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Deflater;

/** The compressions that {@link TiffBuilder} writes; each is written plainly, not fast. */
public enum TiffCompression {
  NONE(1) {
    @Override
    byte[] compress(byte[] block) {
      return block.clone();
    }
  },

  LZW(5) {
    @Override
    byte[] compress(byte[] block) {
      return new LzwEncoder().encode(block);
    }
  },

  DEFLATE(8) {
    @Override
    byte[] compress(byte[] block) {
      return deflate(block);
    }
  },

  /** The same as {@link #DEFLATE} under the number that was used before it had one. */
  OLD_DEFLATE(32946) {
    @Override
    byte[] compress(byte[] block) {
      return deflate(block);
    }
  },

  PACK_BITS(32773) {
    @Override
    byte[] compress(byte[] block) {
      return packBits(block);
    }
  };

  private final int code;

  TiffCompression(int code) {
    this.code = code;
  }

  /** Returns the value of the tag Compression. */
  public int code() {
    return code;
  }

  /** Returns the compressed form of one strip or tile. */
  abstract byte[] compress(byte[] block);

  private static byte[] deflate(byte[] block) {
    Deflater deflater = new Deflater();
    deflater.setInput(block);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  private static byte[] packBits(byte[] block) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (at < block.length) {
      int run = runLength(block, at);
      if (run > 1) {
        out.write(1 - run);
        out.write(block[at]);
        at += run;
      } else {
        int start = at;
        while (at < block.length && at - start < 128 && runLength(block, at) == 1) {
          at++;
        }
        out.write(at - start - 1);
        out.write(block, start, at - start);
      }
    }
    return out.toByteArray();
  }

  private static int runLength(byte[] block, int at) {
    int end = at + 1;
    while (end < block.length && end - at < 128 && block[end] == block[at]) {
      end++;
    }
    return end - at;
  }

  /** LZW as TIFF 6.0, section 13, describes the compressor. */
  private static final class LzwEncoder {

    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int LAST_ENTRY = 4094;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<Integer, Integer> table = new HashMap<>();
    private int width = 9;
    private int next = 258;
    private int pending;
    private int pendingBits;

    byte[] encode(byte[] block) {
      write(CLEAR);
      int prefix = -1;
      for (byte b : block) {
        int value = b & 0xff;
        Integer longer = prefix < 0 ? Integer.valueOf(value) : table.get(prefix << 8 | value);
        if (longer != null) {
          prefix = longer;
        } else {
          write(prefix);
          table.put(prefix << 8 | value, next);
          countEntry();
          prefix = value;
        }
      }
      if (prefix >= 0) {
        write(prefix);
        countEntry();
      }
      write(END);
      if (pendingBits > 0) {
        out.write(pending << (8 - pendingBits));
      }
      return out.toByteArray();
    }

    private void countEntry() {
      if (next == LAST_ENTRY) {
        write(CLEAR);
        table.clear();
        width = 9;
        next = 258;
        return;
      }
      next++;
      if (next == 1 << width) {
        width++;
      }
    }

    private void write(int code) {
      pending = pending << width | code;
      pendingBits += width;
      while (pendingBits >= 8) {
        pendingBits -= 8;
        out.write(pending >>> pendingBits);
      }
      pending &= (1 << pendingBits) - 1;
    }
  }
}
