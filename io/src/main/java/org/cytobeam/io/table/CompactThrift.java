package org.cytobeam.io.table;

import java.io.EOFException;

/**
 * Walks a structure in Thrift's compact protocol without building it.
 *
 * <p>Thrift's own reader allocates what a length or a count in the bytes asks for. What passes here
 * has no count larger than the bytes that follow it, and is not nested deeper than Parquet ever is.
 */
final class CompactThrift {

  private static final int DEEPEST = 24;
  private static final int BYTE = 3;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int STRUCT = 12;
  private static final int LONGEST_VARINT = 10;

  private final byte[] bytes;
  private final int limit;
  private int position;

  private CompactThrift(byte[] bytes, int from, int limit) {
    this.bytes = bytes;
    this.position = from;
    this.limit = limit;
  }

  /**
   * Returns where the structure that starts at {@code from} ends.
   *
   * @throws EOFException if it does not end before {@code limit}
   * @throws ParquetFault if the bytes are no such structure
   */
  static int end(byte[] bytes, int from, int limit) throws EOFException, ParquetFault {
    CompactThrift walk = new CompactThrift(bytes, from, limit);
    walk.structure(0);
    return walk.position;
  }

  private void structure(int depth) throws EOFException, ParquetFault {
    if (depth > DEEPEST) {
      throw new ParquetFault("its metadata is nested too deeply");
    }
    for (int header = next(); header != 0; header = next()) {
      if (header >>> 4 == 0) {
        varint();
      }
      int type = header & 0x0f;
      if (type > 2) {
        value(type, depth);
      }
    }
  }

  private void value(int type, int depth) throws EOFException, ParquetFault {
    switch (type) {
      case 1, 2, BYTE -> skip(1);
      case 4, 5, 6 -> varint();
      case DOUBLE -> skip(8);
      case BINARY -> skip(varint());
      case LIST, SET -> list(depth);
      case MAP -> map(depth);
      case STRUCT -> structure(depth + 1);
      default -> throw new ParquetFault("its metadata is damaged");
    }
  }

  private void list(int depth) throws EOFException, ParquetFault {
    int header = next();
    long count = header >>> 4 == 15 ? varint() : header >>> 4;
    requireLeft(count);
    for (long i = 0; i < count; i++) {
      value(header & 0x0f, depth + 1);
    }
  }

  private void map(int depth) throws EOFException, ParquetFault {
    long count = varint();
    requireLeft(count);
    int types = count == 0 ? 0 : next();
    for (long i = 0; i < count; i++) {
      value(types >>> 4, depth + 1);
      value(types & 0x0f, depth + 1);
    }
  }

  private int next() throws EOFException {
    requireLeft(1);
    return bytes[position++] & 0xff;
  }

  private void skip(long count) throws EOFException {
    requireLeft(count);
    position += (int) count;
  }

  private long varint() throws EOFException, ParquetFault {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      int next = next();
      value |= (next & 0x7fL) << (7 * i);
      if (next < 0x80) {
        return value;
      }
    }
    throw new ParquetFault("its metadata is damaged");
  }

  private void requireLeft(long count) throws EOFException {
    if (count < 0 || count > limit - position) {
      throw new EOFException();
    }
  }
}
