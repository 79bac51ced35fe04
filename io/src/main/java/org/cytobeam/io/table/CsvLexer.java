package org.cytobeam.io.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes into the records and cells of RFC 4180.
 *
 * <p>Works on bytes because UTF-8 never uses those of a separator, a quote or a line end within
 * another character: so one cell in another encoding spoils its own row and no other. (Commons CSV
 * buffers a cell without bound and can't go on after a fault; it is the oracle in tests.)
 */
final class CsvLexer implements Closeable {

  private static final int END = -1;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final String name;
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private final CsvRecord record;
  private final int separator;
  private int position;
  private int limit;
  private long line = 1;
  private boolean afterReturn;
  private GzipMembers.@Nullable DamagedException damage;
  private @Nullable IOException fault;

  /** Opens bytes that are not yet read; skips a byte order mark and chooses the separator. */
  CsvLexer(String name, InputStream in, TableLimits limits) throws IOException {
    this.name = name;
    this.in = in;
    this.record = new CsvRecord(limits);
    while (limit < buffer.length && fill()) {}
    if (limit >= 3 && Arrays.equals(buffer, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
      position = 3;
    }
    this.separator = separator();
  }

  /** Returns what the file begins with; to be called before {@link #next}. */
  byte[] head() {
    return Arrays.copyOf(buffer, Math.min(limit, Signature.LENGTH));
  }

  /** Returns the comma unless the header has only tabs or only semicolons outside quotes. */
  private int separator() {
    int commas = 0;
    int tabs = 0;
    int semicolons = 0;
    boolean quoted = false;
    for (int i = position; i < limit; i++) {
      byte b = buffer[i];
      if (b == '"') {
        quoted = !quoted;
      } else if (!quoted) {
        if (b == '\n' || b == '\r') {
          break;
        }
        commas += b == ',' ? 1 : 0;
        tabs += b == '\t' ? 1 : 0;
        semicolons += b == ';' ? 1 : 0;
      }
    }
    boolean onlyOneKind = commas == 0 && (tabs == 0) != (semicolons == 0);
    return !onlyOneKind ? ',' : tabs > 0 ? '\t' : ';';
  }

  /**
   * Reads the next record that is not a blank line.
   *
   * @return false after the last; otherwise {@link #record()} has been filled
   * @throws TableException if a quote is never closed, or compressed bytes are damaged
   */
  boolean next() throws IOException {
    if (fault != null) {
      throw fault;
    }
    try {
      return nextRecord();
    } catch (IOException e) {
      fault = e;
      throw e;
    }
  }

  private boolean nextRecord() throws IOException {
    int b = read();
    while (b == '\n' || b == '\r') {
      b = read();
    }
    if (b == END) {
      return false;
    }
    record.start(line);
    int end = cell(b);
    while (end == separator) {
      end = cell(read());
    }
    return true;
  }

  /** Returns the record that was read last; the next call of {@link #next} fills it anew. */
  CsvRecord record() {
    return record;
  }

  /** Reads one cell and returns what ended it: the separator, a line end or the end of the file. */
  private int cell(int first) throws IOException {
    int b = first;
    if (first == '"') {
      b = quoted();
      if (!endsCell(b)) {
        record.report("text follows the closing quote of cell " + (record.cells() + 1));
      }
    }
    while (!endsCell(b)) {
      record.append((byte) b);
      b = read();
    }
    record.endCell();
    return b;
  }

  private boolean endsCell(int b) {
    return b == separator || b == '\n' || b == '\r' || b == END;
  }

  /** Reads from after an opening quote and returns what follows the closing one. */
  private int quoted() throws IOException {
    long opened = line;
    while (true) {
      int b = read();
      if (b == END) {
        throw new TableException(
            name, "the quote that opens in line " + opened + " is never closed");
      }
      if (b == '"') {
        b = read();
        if (b != '"') {
          return b;
        }
      }
      record.append((byte) b);
    }
  }

  /** Returns the next byte, or -1 at the end, and counts lines: LF, CR and CRLF end one each. */
  private int read() throws IOException {
    if (position == limit) {
      position = 0;
      limit = 0;
      if (!fill()) {
        return end();
      }
    }
    int b = buffer[position++] & 0xff;
    if (b == '\r' || (b == '\n' && !afterReturn)) {
      line++;
    }
    afterReturn = b == '\r';
    return b;
  }

  private int end() throws TableException {
    if (damage != null) {
      throw new TableException(name, damage.getMessage() + " after line " + (line - 1), damage);
    }
    return END;
  }

  /** Adds bytes to the buffer; returns false at the end of the file and of what is sound in it. */
  private boolean fill() throws IOException {
    if (damage != null) {
      return false;
    }
    try {
      int count = in.read(buffer, limit, buffer.length - limit);
      limit += Math.max(0, count);
      return count > 0;
    } catch (GzipMembers.DamagedException e) {
      damage = e;
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
