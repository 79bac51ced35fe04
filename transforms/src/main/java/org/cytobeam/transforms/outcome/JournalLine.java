package org.cytobeam.transforms.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * A line of the journal: that of {@link ManifestJson}, with the CRC-32C of all before it as its
 * last member. A line that was damaged, or of which the end or the beginning is missing, is none.
 */
final class JournalLine {

  private static final String SUM = ",\"crc32c\":\"";
  private static final String END = "\"}";
  private static final int TAIL = SUM.length() + Integer.BYTES * 2 + END.length();

  private JournalLine() {}

  /** Returns the line of a row, without a line break. */
  static String of(ManifestRow row) {
    String json = ManifestJson.line(row);
    String members = json.substring(0, json.length() - 1);
    return members + tail(members);
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is not what {@link #of} made
   */
  static ManifestRow row(String line) {
    int end = line.length() - TAIL;
    if (end < 0 || !line.endsWith(tail(line.substring(0, end)))) {
      throw new IllegalArgumentException("its checksum is missing or wrong");
    }
    return ManifestJson.row(line.substring(0, end) + "}");
  }

  private static String tail(String members) {
    CRC32C sum = new CRC32C();
    sum.update(members.getBytes(UTF_8));
    return SUM + HexFormat.of().toHexDigits((int) sum.getValue()) + END;
  }
}
