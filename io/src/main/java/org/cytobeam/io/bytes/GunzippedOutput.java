package org.cytobeam.io.bytes;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.cytobeam.io.bytes.ContentCodingException.Reason;

/**
 * Decompresses all members of gzip content (RFC 1952), each proved by its checksum and length.
 * Nothing but members may be there, and at least one must.
 */
final class GunzippedOutput extends DecodedOutput {

  /** What the next byte belongs to, in the order of RFC 1952 §2.3. */
  private enum Part {
    MAGIC_1,
    MAGIC_2,
    METHOD,
    FLAGS,
    TIME_SYSTEM_AND_LEVEL,
    EXTRA_LENGTH,
    EXTRA,
    NAME,
    COMMENT,
    HEADER_CHECKSUM,
    DATA,
    TRAILER
  }

  private static final int BUFFER = 1 << 16;
  private static final int ID_1 = 0x1f;
  private static final int ID_2 = 0x8b;
  private static final int DEFLATE = 8;
  private static final int FLAG_HEADER_CHECKSUM = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int RESERVED_FLAGS = 0xe0;
  private static final int BYTES_OF_TIME_SYSTEM_AND_LEVEL = 6;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final CRC32 headerCrc = new CRC32();
  private final byte[] output = new byte[BUFFER];
  private Part part = Part.MAGIC_1;
  private boolean anyMember;
  private int flags;

  /** How many bytes of the part are still to come, where that is known. */
  private int missing;

  /** What the bytes of the part that have come mean, lowest first. */
  private long number;

  private int numberBits;

  GunzippedOutput(OutputStream out, long maxBytes) {
    super(out, maxBytes);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    int end = offset + length;
    int i = offset;
    while (i < end) {
      i = part == Part.DATA ? inflate(bytes, i, end) : frame(bytes, i);
    }
  }

  @Override
  public void finish() throws ContentCodingException {
    if (part != Part.MAGIC_1 || !anyMember) {
      throw damaged("is cut short");
    }
  }

  /** Inflates what is there, and returns where the data of the member ended, or {@code end}. */
  private int inflate(byte[] bytes, int from, int end) throws IOException {
    inflater.setInput(bytes, from, end - from);
    try {
      while (!inflater.finished()) {
        int count = inflater.inflate(output);
        if (count == 0 && !inflater.finished()) {
          if (inflater.needsDictionary()) {
            throw damaged("is damaged");
          }
          return end;
        }
        crc.update(output, 0, count);
        pass(output, 0, count);
      }
    } catch (DataFormatException e) {
      throw damaged("is damaged");
    }
    begin(Part.TRAILER, 2 * Integer.BYTES);
    return end - inflater.getRemaining();
  }

  /** Takes one byte of a header or a trailer, and returns where the next one is. */
  private int frame(byte[] bytes, int at) throws ContentCodingException {
    int b = bytes[at] & 0xff;
    if (part != Part.HEADER_CHECKSUM) {
      headerCrc.update(b);
    }
    switch (part) {
      case MAGIC_1 -> magic(b, ID_1, Part.MAGIC_2);
      case MAGIC_2 -> magic(b, ID_2, Part.METHOD);
      case METHOD -> magic(b, DEFLATE, Part.FLAGS);
      case FLAGS -> takeFlags(b);
      case NAME, COMMENT -> {
        if (b == 0) {
          beginAfter(part);
        }
      }
      default -> takeCounted(b);
    }
    return at + 1;
  }

  private void magic(int found, int expected, Part next) throws ContentCodingException {
    if (found != expected) {
      throw damaged(anyMember ? "is followed by something else" : "is not gzip");
    }
    part = next;
  }

  private void takeFlags(int b) throws ContentCodingException {
    if ((b & RESERVED_FLAGS) != 0) {
      throw damaged("has a damaged header");
    }
    flags = b;
    begin(Part.TIME_SYSTEM_AND_LEVEL, BYTES_OF_TIME_SYSTEM_AND_LEVEL);
  }

  private void takeCounted(int b) throws ContentCodingException {
    if (numberBits < Long.SIZE) {
      number |= (long) b << numberBits;
      numberBits += Byte.SIZE;
    }
    if (--missing == 0) {
      end(part, number);
    }
  }

  private void end(Part ended, long value) throws ContentCodingException {
    switch (ended) {
      case EXTRA_LENGTH -> {
        if (value == 0) {
          beginAfter(Part.EXTRA);
        } else {
          begin(Part.EXTRA, (int) value);
        }
      }
      case HEADER_CHECKSUM -> {
        if (value != (headerCrc.getValue() & 0xffff)) {
          throw damaged("has a damaged header");
        }
        beginAfter(ended);
      }
      case TRAILER -> {
        long length = inflater.getBytesWritten() & 0xffff_ffffL;
        if (value != (crc.getValue() | length << Integer.SIZE)) {
          throw damaged("is damaged: its checksum or its length is another");
        }
        anyMember = true;
        headerCrc.reset();
        part = Part.MAGIC_1;
      }
      default -> beginAfter(ended);
    }
  }

  /** Begins the next part of the header that the flags say there is, or the data. */
  private void beginAfter(Part ended) {
    if (ended.compareTo(Part.EXTRA_LENGTH) < 0 && (flags & FLAG_EXTRA) != 0) {
      begin(Part.EXTRA_LENGTH, Short.BYTES);
    } else if (ended.compareTo(Part.NAME) < 0 && (flags & FLAG_NAME) != 0) {
      begin(Part.NAME, 0);
    } else if (ended.compareTo(Part.COMMENT) < 0 && (flags & FLAG_COMMENT) != 0) {
      begin(Part.COMMENT, 0);
    } else if (ended.compareTo(Part.HEADER_CHECKSUM) < 0 && (flags & FLAG_HEADER_CHECKSUM) != 0) {
      begin(Part.HEADER_CHECKSUM, Short.BYTES);
    } else {
      part = Part.DATA;
      inflater.reset();
      crc.reset();
    }
  }

  private void begin(Part next, int bytes) {
    part = next;
    missing = bytes;
    number = 0;
    numberBits = 0;
  }

  private static ContentCodingException damaged(String what) {
    return new ContentCodingException(Reason.DAMAGED, "the gzip content " + what);
  }

  /** Gives the memory of the decompressor back; the second time does nothing. */
  @Override
  public void close() {
    inflater.end();
  }
}
