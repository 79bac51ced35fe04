package org.cytobeam.transforms.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.io.table.JsonLineReader;
import org.cytobeam.io.table.JsonLines;
import org.cytobeam.io.table.TableException;
import org.cytobeam.io.table.Tables;
import org.cytobeam.io.table.TextLines;
import org.jspecify.annotations.Nullable;

/**
 * The names in lines of JSON: each line is a text, or an object with a member that is a text or a
 * number. The first object tells which member that is.
 */
final class JsonNames implements NameTable.Names {

  private final String address;
  private final JsonLineReader lines;
  private @Nullable String column;
  private boolean chosen;
  private NameTable.@Nullable Name first;

  private JsonNames(String address, JsonLineReader lines, @Nullable String wanted) {
    this.address = address;
    this.lines = lines;
    this.column = wanted;
  }

  /** Opens a table and looks at its first line; closes the channel with it. */
  static JsonNames open(String address, SeekableByteChannel channel, @Nullable String wanted)
      throws IOException {
    JsonLineReader lines =
        JsonLines.read(
            address,
            Tables.unpacked(address, channel),
            NameTable.limits(),
            JsonLines.TornLine.REFUSE);
    JsonNames names = new JsonNames(address, lines, wanted);
    try {
      names.first = names.read();
    } catch (IOException e) {
      lines.close();
      throw e;
    }
    return names;
  }

  @Override
  public NameTable.@Nullable Name next() throws IOException {
    NameTable.Name next = first;
    first = null;
    return next == null ? read() : next;
  }

  private NameTable.@Nullable Name read() throws IOException {
    JsonNode value;
    try {
      value = lines.nextValue();
    } catch (TableException e) {
      return unusable("the line is no JSON, or too long");
    }
    if (value == null) {
      return null;
    }
    if (value.isTextual()) {
      return name(value);
    }
    return value.isObject() ? member(value) : unusable("the line is neither a text nor an object");
  }

  private NameTable.Name member(JsonNode object) throws TableException {
    if (!chosen) {
      List<String> members = new ArrayList<>();
      object.fieldNames().forEachRemaining(members::add);
      column = NameColumn.of(address, members, column);
      chosen = true;
    }
    JsonNode value = object.path(String.valueOf(column));
    return value.isTextual() || value.isNumber()
        ? name(value)
        : unusable(column + (value.isMissingNode() ? " is missing" : " is no text and no number"));
  }

  private NameTable.Name name(JsonNode value) {
    String text = TextLines.stripped(value.asText());
    if (text.isEmpty()) {
      return unusable("the name is empty");
    }
    if (text.indexOf('\0') >= 0 || !UTF_8.newEncoder().canEncode(text)) {
      return unusable("the name has a NUL character, or half a surrogate pair");
    }
    return new NameTable.Name(where(), text, null);
  }

  private NameTable.Name unusable(String problem) {
    return new NameTable.Name(where(), "", problem);
  }

  private String where() {
    return "line " + lines.line();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
