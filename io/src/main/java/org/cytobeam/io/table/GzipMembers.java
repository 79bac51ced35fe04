package org.cytobeam.io.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The bytes of all members of a gzip file (RFC 1952), each proved by its checksum and length.
 *
 * <p>The JDK's own stream takes whatever it can't read after the first member for the end of the
 * file, and so loses rows without a word; this one refuses it. Zeros after the last member are
 * allowed: tapes and block devices add them.
 */
final class GzipMembers extends InputStream {

  /** Gzip bytes that end too early or contradict themselves. */
  static final class DamagedException extends IOException {

    @Serial private static final long serialVersionUID = 1L;

    DamagedException(String message) {
      super(message);
    }
  }

  private static final int BUFFER = 1 << 16;
  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int RESERVED_FLAGS = 0xe0;
  private static final int TIME_SYSTEM_AND_LEVEL = 6;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] input = new byte[BUFFER];
  private int position;
  private int limit;
  private boolean insideMember;
  private boolean atEnd;

  GzipMembers(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!atEnd) {
      int count = insideMember ? inflate(into, offset, length) : 0;
      if (count > 0) {
        return count;
      }
      if (!insideMember) {
        openNextMember();
      }
    }
    return -1;
  }

  /** Returns how many bytes were inflated; closes the member and returns 0 at its end. */
  private int inflate(byte[] into, int offset, int length) throws IOException {
    try {
      int count = inflater.inflate(into, offset, length);
      crc.update(into, offset, count);
      if (count == 0) {
        feedOrFinish();
      }
      return count;
    } catch (DataFormatException e) {
      throw new DamagedException("the gzip data is damaged");
    }
  }

  private void feedOrFinish() throws IOException {
    if (inflater.finished()) {
      position = limit - inflater.getRemaining();
      closeMember();
    } else if (inflater.needsDictionary()) {
      throw new DamagedException("the gzip data is damaged");
    } else if (fill()) {
      inflater.setInput(input, position, limit - position);
    } else {
      throw cutShort();
    }
  }

  private void closeMember() throws IOException {
    insideMember = false;
    if (littleEndianInt() != (int) crc.getValue()
        || littleEndianInt() != (int) inflater.getBytesWritten()) {
      throw new DamagedException("the gzip data is damaged: its checksum is another");
    }
  }

  private void openNextMember() throws IOException {
    int first = read1();
    while (first == 0) {
      first = read1();
    }
    if (first < 0) {
      atEnd = true;
    } else {
      openMember(first);
    }
  }

  private void openMember(int first) throws IOException {
    if (first != MAGIC_1 || nextByte() != MAGIC_2 || nextByte() != DEFLATE) {
      throw new DamagedException("the gzip data is followed by something else");
    }
    int flags = nextByte();
    if ((flags & RESERVED_FLAGS) != 0) {
      throw new DamagedException("the gzip header is damaged");
    }
    skip(TIME_SYSTEM_AND_LEVEL);
    if ((flags & FLAG_EXTRA) != 0) {
      skip(nextByte() | nextByte() << 8);
    }
    skipTextIf((flags & FLAG_NAME) != 0);
    skipTextIf((flags & FLAG_COMMENT) != 0);
    skip((flags & FLAG_HEADER_CRC) != 0 ? 2 : 0);
    inflater.reset();
    inflater.setInput(input, position, limit - position);
    crc.reset();
    insideMember = true;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      nextByte();
    }
  }

  private void skipTextIf(boolean present) throws IOException {
    while (present && nextByte() != 0) {}
  }

  private int littleEndianInt() throws IOException {
    return nextByte() | nextByte() << 8 | nextByte() << 16 | nextByte() << 24;
  }

  private int nextByte() throws IOException {
    int next = read1();
    if (next < 0) {
      throw cutShort();
    }
    return next;
  }

  /** Returns the next byte of the file, or -1 at its end. */
  private int read1() throws IOException {
    return position < limit || fill() ? input[position++] & 0xff : -1;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(input, 0, input.length));
    return limit > 0;
  }

  private static DamagedException cutShort() {
    return new DamagedException("the gzip data is cut short");
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
