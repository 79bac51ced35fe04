package org.cytobeam.io.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The objects of a JSON lines file, read as they are asked for. For use by one thread. */
public final class JsonLineReader implements Closeable {

  private final String name;
  private final InputStream in;
  private final ObjectReader parser;
  private final int longestLine;
  private final boolean ignoreTorn;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private long line;
  private boolean ended;

  JsonLineReader(
      String name, InputStream in, ObjectReader parser, int longestLine, boolean ignoreTorn) {
    this.name = name;
    this.in = in;
    this.parser = parser;
    this.longestLine = longestLine;
    this.ignoreTorn = ignoreTorn;
  }

  /**
   * Returns the object of the next line that is not blank, or null after the last.
   *
   * @throws TableException if the line is no JSON object or over a limit; the next call goes on
   *     with the line after it
   * @throws IOException if the bytes can't be fetched
   */
  public @Nullable ObjectNode next() throws IOException {
    return (ObjectNode) next(ObjectNode.class);
  }

  /** As {@link #next}, for lines that may be JSON of any kind: texts and numbers too. */
  public @Nullable JsonNode nextValue() throws IOException {
    return next(JsonNode.class);
  }

  private @Nullable JsonNode next(Class<? extends JsonNode> kind) throws IOException {
    while (!ended) {
      byte[] bytes = nextLine();
      if (!isBlank(bytes)) {
        return parse(bytes, kind);
      }
    }
    return null;
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  /** Returns the number of the line that {@link #next} read last, from 1. */
  public long line() {
    return line;
  }

  private @Nullable JsonNode parse(byte[] bytes, Class<? extends JsonNode> kind)
      throws TableException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      JsonNode node = parser.readTree(text);
      return kind.isInstance(node) ? node : torn(null);
    } catch (CharacterCodingException | JsonProcessingException e) {
      return torn(e);
    }
  }

  private @Nullable JsonNode torn(@Nullable IOException cause) throws TableException {
    if (ended && ignoreTorn) {
      return null;
    }
    String fault = "line " + line + (ended ? " is torn or" : " is") + " no JSON object";
    throw cause == null ? new TableException(name, fault) : new TableException(name, fault, cause);
  }

  /** Returns the bytes up to the next line end, or to the end of the file, which is noted. */
  private byte[] nextLine() throws IOException {
    line++;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean tooLong = false;
    int end = -1;
    while (end < 0 && fill()) {
      end = lineEnd();
      int upTo = end < 0 ? limit : end;
      tooLong |= upTo - position > longestLine - bytes.size();
      if (!tooLong) {
        bytes.write(buffer, position, upTo - position);
      }
      position = end < 0 ? limit : end + 1;
    }
    ended = end < 0;
    if (tooLong) {
      throw new TableException(name, "line " + line + " is longer than " + longestLine + " bytes");
    }
    return bytes.toByteArray();
  }

  private int lineEnd() {
    for (int i = position; i < limit; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private boolean fill() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, in.read(buffer, 0, buffer.length));
    }
    return position < limit;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
