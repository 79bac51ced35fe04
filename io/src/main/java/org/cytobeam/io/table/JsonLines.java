package org.cytobeam.io.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** Files with one JSON object a line, in UTF-8, each line ended by LF. */
public final class JsonLines {

  private static final int DEEPEST = 64;
  private static final int LONGEST_NUMBER = 1_000;

  private static final JsonMapper WRITER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build())
          .build();

  private JsonLines() {}

  /** What to do about a last line that has no line end and is no whole object. */
  public enum TornLine {
    /** It is a fault of the file. */
    REFUSE,
    /** The file ends before it: a process died while it wrote that line. */
    IGNORE
  }

  /** Returns an empty object to be filled; its members keep the order in which they are put. */
  public static ObjectNode object() {
    return WRITER.createObjectNode();
  }

  /**
   * Returns an object as one line, without a line end in or after it. Members stand in the object's
   * own order, so that the same object gives the same line on every machine.
   */
  public static String line(ObjectNode object) {
    try {
      return WRITER.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("an object can't be written as JSON", e);
    }
  }

  /** Writes objects, a line each; {@code out} is flushed and not closed. */
  public static void write(OutputStream out, Iterator<ObjectNode> objects) throws IOException {
    while (objects.hasNext()) {
      out.write((line(objects.next()) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    out.flush();
  }

  /**
   * Opens a file. A line may have as many bytes as a CSV row, a text in it as many characters as a
   * cell has bytes; it is nested at most 64 deep and no name stands twice in one object.
   *
   * @param name what messages call the file
   * @param in the file; closed with the reader
   */
  public static JsonLineReader read(
      String name, InputStream in, TableLimits limits, TornLine torn) {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(limits.cellBytes())
                    .build())
            .build();
    JsonMapper mapper =
        JsonMapper.builder(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    return new JsonLineReader(
        name, in, mapper.readerFor(JsonNode.class), limits.rowBytes(), torn == TornLine.IGNORE);
  }
}
