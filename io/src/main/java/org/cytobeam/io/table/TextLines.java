package org.cytobeam.io.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text in UTF-8, with or without a byte order mark, plain or in gzip.
 *
 * <p>Lines end with LF, CRLF or CR. Blanks around a line, those of Unicode too, are no part of it,
 * and a line of nothing else is passed over. Everything else stands for itself: commas, quotes,
 * {@code #}. A line that is no UTF-8, has a NUL or is too long has a {@link TextLine#problem()}.
 *
 * <p>Holds one line. For use by one thread.
 */
public final class TextLines implements Closeable {

  private static final int END = -1;

  private final String name;
  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[1 << 16];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int position;
  private int limit;
  private long number;
  private boolean afterReturn;

  private TextLines(String name, InputStream in, int longest) {
    this.name = name;
    this.in = in;
    this.longest = longest;
  }

  /**
   * Opens a text.
   *
   * @param name what messages call the file
   * @param channel the file; closed with the lines, or at once if this method throws
   * @param limits a line may be as long as a cell
   * @throws TableException if the file is empty, or its first bytes tell that it is something else
   * @throws IOException if its bytes can't be fetched
   */
  public static TextLines open(String name, SeekableByteChannel channel, TableLimits limits)
      throws IOException {
    return Tables.closingOnFailure(
        channel,
        () -> {
          TextLines lines = new TextLines(name, Tables.unpacked(name, channel), limits.cellBytes());
          lines.refuseOtherKinds();
          return lines;
        });
  }

  /**
   * Refuses what only looks like lines. The letters that some formats begin with may begin a line
   * too, so that bytes which no text has must follow them.
   */
  private void refuseOtherKinds() throws IOException {
    fill();
    byte[] head = Arrays.copyOf(buffer, Math.min(limit, Signature.LENGTH));
    Signature signature = Signature.of(head);
    String text = new String(head, UTF_8).toLowerCase(Locale.ROOT);
    boolean isPage =
        signature == Signature.MARKUP
            && Stream.of("<!doctype", "<html", "<?xml").anyMatch(text::startsWith);
    boolean isBinary =
        text.chars().anyMatch(c -> c == '\ufffd' || (c < ' ' && "\t\r\n".indexOf(c) < 0));
    if (isPage || (isBinary && signature != Signature.TEXT)) {
      throw new TableException(name, "not a list of names: the file is " + signature.words());
    }
  }

  /**
   * Returns the next line that is not blank, or null after the last.
   *
   * @throws TableException if gzip bytes are damaged from here on
   * @throws IOException if the bytes can't be fetched
   */
  public @Nullable TextLine next() throws IOException {
    try {
      while (nextLine()) {
        TextLine read = read();
        if (read.problem() != null || !read.text().isEmpty()) {
          return read;
        }
      }
      return null;
    } catch (GzipMembers.DamagedException e) {
      throw new TableException(name, e.getMessage() + " after line " + (number - 1), e);
    }
  }

  /** Gathers the bytes of a line, one more than are allowed at most; returns false at the end. */
  private boolean nextLine() throws IOException {
    line.reset();
    int b = readByte();
    if (b == END) {
      return false;
    }
    number++;
    while (b != END && b != '\n' && b != '\r') {
      if (line.size() <= longest) {
        line.write(b);
      }
      b = readByte();
    }
    afterReturn = b == '\r';
    return true;
  }

  private TextLine read() {
    if (line.size() > longest) {
      return unreadable("the line is longer than " + longest + " bytes");
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(line.toByteArray())).toString();
      return text.indexOf('\0') < 0
          ? new TextLine(number, stripped(text), null)
          : unreadable("the line has a NUL character");
    } catch (CharacterCodingException e) {
      return unreadable("the line is not UTF-8; save the table as UTF-8");
    }
  }

  private TextLine unreadable(String problem) {
    return new TextLine(number, "", problem);
  }

  /** Returns a text without what Unicode calls white space, or a space, at its ends. */
  public static String stripped(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (start < end && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** Returns the next byte, or -1 at the end; an LF that ends a CRLF is passed over. */
  private int readByte() throws IOException {
    int b = nextByte();
    boolean endsCrLf = afterReturn && b == '\n';
    afterReturn = false;
    return endsCrLf ? nextByte() : b;
  }

  private int nextByte() throws IOException {
    return position < limit || fill() ? buffer[position++] & 0xff : END;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer, 0, buffer.length));
    return limit > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
