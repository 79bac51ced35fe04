package org.cytobeam.io.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.function.Predicate;

/** Opens tables of every format that is read here. */
public final class Tables {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final byte[] PARQUET_END = {'P', 'A', 'R', '1'};

  private Tables() {}

  /** Opens a table with all its columns; otherwise as the method of the same name. */
  public static TableRows open(String name, SeekableByteChannel channel, TableLimits limits)
      throws IOException {
    return open(name, channel, limits, column -> true);
  }

  /**
   * Opens a table of the format that its first bytes tell: Parquet, CSV, or CSV in gzip of one or
   * several members. The name does not count.
   *
   * <p>CSV follows RFC 4180 in UTF-8, with or without a byte order mark, with line ends LF, CRLF or
   * CR. Its cells are separated by commas, or by tabs or semicolons if the header has only those.
   * Blank lines are no rows. In Parquet every flat column is read whatever its type, and nested
   * ones are refused if asked for.
   *
   * @param name what messages call the file
   * @param channel the file; closed with the rows, or at once if this method throws
   * @param wanted the columns to read, by name; other columns may hold anything
   * @throws TableException if the file is no table: empty, without a header, with one name for two
   *     columns, cut short, damaged or of another kind
   * @throws IOException if its bytes can't be fetched
   */
  public static TableRows open(
      String name, SeekableByteChannel channel, TableLimits limits, Predicate<String> wanted)
      throws IOException {
    return closingOnFailure(channel, () -> rows(name, channel, limits, wanted));
  }

  /** Opens something over a channel. */
  @FunctionalInterface
  interface Opening<T> {
    T open() throws IOException;
  }

  /** Opens something over a channel, which is closed if that fails. */
  static <T> T closingOnFailure(SeekableByteChannel channel, Opening<T> opening)
      throws IOException {
    try {
      return opening.open();
    } catch (IOException | RuntimeException e) {
      try {
        channel.close();
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private static TableRows rows(
      String name, SeekableByteChannel channel, TableLimits limits, Predicate<String> wanted)
      throws IOException {
    byte[] head = head(channel);
    if (head.length == 0) {
      throw new TableException(name, "the file is empty");
    }
    Signature signature = Signature.of(head);
    if (signature == Signature.PARQUET) {
      return ParquetRows.open(name, channel, limits, wanted);
    }
    InputStream bytes = Channels.newInputStream(channel);
    return signature == Signature.GZIP
        ? CsvRows.open(name, new GzipMembers(bytes), limits, wanted)
        : CsvRows.open(name, bytes, limits, wanted);
  }

  /**
   * Opens the bytes of a text: unpacked if they are gzip, without a byte order mark.
   *
   * @param name what messages call the file
   * @param channel the file; closed with the stream, or at once if this method throws
   * @throws TableException if the file is empty
   * @throws IOException if its bytes can't be fetched
   */
  public static InputStream unpacked(String name, SeekableByteChannel channel) throws IOException {
    return closingOnFailure(
        channel,
        () -> {
          byte[] head = head(channel);
          if (head.length == 0) {
            throw new TableException(name, "the file is empty");
          }
          InputStream bytes = Channels.newInputStream(channel);
          return withoutMark(Signature.of(head) == Signature.GZIP ? new GzipMembers(bytes) : bytes);
        });
  }

  private static InputStream withoutMark(InputStream in) throws IOException {
    PushbackInputStream text = new PushbackInputStream(in, BYTE_ORDER_MARK.length);
    byte[] start = text.readNBytes(BYTE_ORDER_MARK.length);
    if (!Arrays.equals(start, BYTE_ORDER_MARK)) {
      text.unread(start);
    }
    return text;
  }

  /**
   * Returns whether a file begins and ends as Parquet files do: a text may begin so too.
   *
   * @throws IOException if its bytes can't be fetched
   */
  public static boolean isParquet(SeekableByteChannel channel) throws IOException {
    byte[] head = head(channel);
    if (Signature.of(head) != Signature.PARQUET || channel.size() < head.length) {
      return false;
    }
    ByteBuffer tail = ByteBuffer.allocate(PARQUET_END.length);
    channel.position(channel.size() - tail.capacity());
    while (tail.hasRemaining() && channel.read(tail) >= 0) {}
    channel.position(0);
    return Arrays.equals(tail.array(), PARQUET_END);
  }

  private static byte[] head(SeekableByteChannel channel) throws IOException {
    channel.position(0);
    ByteBuffer head = ByteBuffer.allocate(Signature.LENGTH);
    while (head.hasRemaining() && channel.read(head) >= 0) {}
    channel.position(0);
    return Arrays.copyOf(head.array(), head.position());
  }
}
