package org.cytobeam.transforms.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Locale;
import org.cytobeam.io.table.Tables;

/** What a table of names is, by its content and then by its name. */
enum NameFormat {
  /** A name a line. */
  LIST,
  /** A JSON value a line. */
  JSON_LINES,
  /** CSV, TSV or Parquet with named columns. */
  TABLE;

  /** How much white space may stand before the first brace. */
  private static final int LOOKED_AT = 1 << 10;

  /**
   * Returns the format of a file.
   *
   * @param hasColumn whether a column is asked for, which plain lists don't have
   */
  static NameFormat of(String address, SeekableByteChannel channel, boolean hasColumn)
      throws IOException {
    if (Tables.isParquet(channel)) {
      return TABLE;
    }
    String name = address.toLowerCase(Locale.ROOT);
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson")) {
      return JSON_LINES;
    }
    if (plain.endsWith(".tsv") || plain.endsWith(".parquet")) {
      return TABLE;
    }
    if (!hasColumn) {
      return LIST;
    }
    return beginsWithBrace(address, channel) ? JSON_LINES : TABLE;
  }

  private static boolean beginsWithBrace(String address, SeekableByteChannel channel)
      throws IOException {
    try (InputStream in = Tables.unpacked(address, channel)) {
      int b = in.read();
      for (int i = 0; i < LOOKED_AT && b >= 0 && b <= ' '; i++) {
        b = in.read();
      }
      return b == '{';
    }
  }
}
