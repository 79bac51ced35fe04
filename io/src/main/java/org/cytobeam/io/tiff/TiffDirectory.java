package org.cytobeam.io.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;

/**
 * The tags of one page.
 *
 * <p>Values are read from the file only when they are asked for. Where a directory has an entry
 * twice, the first counts. A tag whose values do not lie inside the file is refused as TRUNCATED,
 * one of a type that does not fit as UNDECODABLE, and one with more values than the caller's limit
 * as TOO_LARGE, before anything is allocated.
 */
public final class TiffDirectory {

  private final ReadAhead bytes;
  private final ByteBuffer table;
  private final long offset;
  private final long nextOffset;
  private final Map<Integer, TiffEntry> entries;

  private TiffDirectory(
      ReadAhead bytes,
      ByteBuffer table,
      long offset,
      long nextOffset,
      Map<Integer, TiffEntry> entries) {
    this.bytes = bytes;
    this.table = table;
    this.offset = offset;
    this.nextOffset = nextOffset;
    this.entries = entries;
  }

  /** Parses a table of entries that was read from {@code offset} and is complete. */
  static TiffDirectory parse(ReadAhead bytes, ByteBuffer table, long offset, boolean big) {
    int countBytes = big ? Long.BYTES : Short.BYTES;
    int entryBytes = big ? 20 : 12;
    int valueBytes = big ? Long.BYTES : Integer.BYTES;
    Map<Integer, TiffEntry> entries = new LinkedHashMap<>();
    int end = table.limit() - valueBytes;
    for (int at = countBytes; at < end; at += entryBytes) {
      int tag = Short.toUnsignedInt(table.getShort(at));
      int typeCode = Short.toUnsignedInt(table.getShort(at + 2));
      long count = word(table, at + 4, big);
      int valueAt = at + 4 + valueBytes;
      int width = TiffType.of(typeCode).map(TiffType::bytes).orElse(1);
      boolean inline = Long.compareUnsigned(count, valueBytes / width) <= 0;
      long valueOffset = inline ? offset + valueAt : word(table, valueAt, big);
      entries.putIfAbsent(tag, new TiffEntry(tag, typeCode, count, valueOffset));
    }
    return new TiffDirectory(
        bytes, table, offset, word(table, end, big), Collections.unmodifiableMap(entries));
  }

  private static long word(ByteBuffer table, int at, boolean big) {
    return big ? table.getLong(at) : Integer.toUnsignedLong(table.getInt(at));
  }

  /** Returns where in the file this directory lies. */
  public long offset() {
    return offset;
  }

  /** Returns where the next page's directory is said to lie, or 0 if this is the last. */
  public long nextOffset() {
    return nextOffset;
  }

  /** Returns the byte order of all numbers in the file. */
  public ByteOrder order() {
    return table.order();
  }

  /** Returns all entries, in the file's order. */
  public Collection<TiffEntry> entries() {
    return entries.values();
  }

  /** Returns the entry with a tag, if there is one. */
  public Optional<TiffEntry> entry(int tag) {
    return Optional.ofNullable(entries.get(tag));
  }

  /** Returns whether there is an entry with a tag. */
  public boolean has(int tag) {
    return entries.containsKey(tag);
  }

  /** Returns the first value of a tag that holds whole numbers, or empty if the tag is absent. */
  public OptionalLong integer(int tag) throws IOException {
    TiffEntry entry = entries.get(tag);
    return entry == null ? OptionalLong.empty() : OptionalLong.of(firstIntegers(entry, 1)[0]);
  }

  /** Returns the first value of a tag that holds whole numbers, or a default if it is absent. */
  public long integer(int tag, long ifAbsent) throws IOException {
    return integer(tag).orElse(ifAbsent);
  }

  /**
   * Returns all values of a tag that holds whole numbers of any width.
   *
   * @return the values; one of 2⁶³ or more appears negative
   */
  public Optional<long[]> integers(int tag, int limit) throws IOException {
    TiffEntry entry = entries.get(tag);
    return entry == null
        ? Optional.empty()
        : Optional.of(firstIntegers(entry, requireAtMost(entry, limit)));
  }

  /** Returns the first {@code count} values of an entry, of which there must be as many. */
  long[] firstIntegers(TiffEntry entry, int count) throws IOException {
    TiffType type = type(entry);
    if (!type.isInteger()) {
      throw unfit(entry, "whole numbers");
    }
    ByteBuffer values = firstValues(entry, type, count);
    long[] integers = new long[count];
    for (int i = 0; i < count; i++) {
      integers[i] = integer(values, type, i * type.bytes());
    }
    return integers;
  }

  private static long integer(ByteBuffer values, TiffType type, int at) {
    boolean signed = type.isSigned();
    return switch (type.bytes()) {
      case 1 -> signed ? values.get(at) : Byte.toUnsignedLong(values.get(at));
      case 2 -> signed ? values.getShort(at) : Short.toUnsignedLong(values.getShort(at));
      case 4 -> signed ? values.getInt(at) : Integer.toUnsignedLong(values.getInt(at));
      default -> values.getLong(at);
    };
  }

  /**
   * Returns all values of a tag that holds numbers of any type.
   *
   * @return the values; a fraction whose denominator is 0 appears as infinite or not a number
   */
  public Optional<double[]> numbers(int tag, int limit) throws IOException {
    TiffEntry entry = entries.get(tag);
    if (entry == null) {
      return Optional.empty();
    }
    int count = requireAtMost(entry, limit);
    TiffType type = type(entry);
    ByteBuffer values = firstValues(entry, type, count);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = number(entry, values, type, i * type.bytes());
    }
    return Optional.of(numbers);
  }

  private static double number(TiffEntry entry, ByteBuffer values, TiffType type, int at)
      throws ImageException {
    return switch (type) {
      case RATIONAL ->
          (double) Integer.toUnsignedLong(values.getInt(at))
              / Integer.toUnsignedLong(values.getInt(at + 4));
      case SRATIONAL -> (double) values.getInt(at) / values.getInt(at + 4);
      case FLOAT -> values.getFloat(at);
      case DOUBLE -> values.getDouble(at);
      case ASCII, UNDEFINED -> throw unfit(entry, "numbers");
      case LONG8, IFD8 -> unsigned(values.getLong(at));
      default -> integer(values, type, at);
    };
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
  }

  /** Returns the bytes of all values of a tag, as the file has them; {@code limit} is in bytes. */
  public Optional<byte[]> bytes(int tag, int limit) throws IOException {
    TiffEntry entry = entries.get(tag);
    if (entry == null) {
      return Optional.empty();
    }
    TiffType type = type(entry);
    int count = requireAtMost(entry, limit / type.bytes());
    ByteBuffer values = firstValues(entry, type, count);
    byte[] copy = new byte[values.remaining()];
    values.get(copy);
    return Optional.of(copy);
  }

  /**
   * Returns the text of a tag up to the first NUL, read as UTF-8, of which ASCII is a part.
   *
   * @param limit the largest number of bytes that is read
   * @return the text; bytes that are not UTF-8 appear as U+FFFD
   */
  public Optional<String> text(int tag, int limit) throws IOException {
    TiffEntry entry = entries.get(tag);
    if (entry != null && type(entry).bytes() != 1) {
      throw unfit(entry, "text");
    }
    return bytes(tag, limit).map(TiffDirectory::untilNul);
  }

  private static String untilNul(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private ByteBuffer firstValues(TiffEntry entry, TiffType type, int count) throws IOException {
    if (Long.compareUnsigned(entry.count(), count) < 0) {
      throw new ImageException(
          Reason.UNDECODABLE,
          TiffTag.describe(entry.tag()) + " has " + entry.count() + " values instead of " + count);
    }
    long length = (long) count * type.bytes();
    long at = entry.offset() - offset;
    if (entry.offset() >= offset && at <= table.limit() - length) {
      return table.slice((int) at, (int) length).order(table.order());
    }
    return bytes.view(entry.offset(), length, table.order(), TiffTag.describe(entry.tag()));
  }

  private static TiffType type(TiffEntry entry) throws ImageException {
    return TiffType.of(entry.typeCode())
        .orElseThrow(
            () ->
                new ImageException(
                    Reason.UNDECODABLE,
                    TiffTag.describe(entry.tag()) + " has the unknown type " + entry.typeCode()));
  }

  private static ImageException unfit(TiffEntry entry, String wanted) {
    return new ImageException(
        Reason.UNDECODABLE,
        TiffTag.describe(entry.tag())
            + " holds "
            + TiffType.of(entry.typeCode()).orElseThrow()
            + " instead of "
            + wanted);
  }

  /**
   * Returns the number of values of an entry.
   *
   * @throws ImageException TOO_LARGE if there are more than {@code limit}
   */
  static int requireAtMost(TiffEntry entry, int limit) throws ImageException {
    if (Long.compareUnsigned(entry.count(), limit) > 0) {
      throw new ImageException(
          Reason.TOO_LARGE,
          TiffTag.describe(entry.tag())
              + " has "
              + Long.toUnsignedString(entry.count())
              + " values, more than the limit of "
              + limit);
    }
    return (int) entry.count();
  }
}
