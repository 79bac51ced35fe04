package org.cytobeam.io.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What a file is by its first bytes. */
enum Signature {
  PARQUET("a Parquet file", "PAR1"),
  GZIP("a gzip file", "\u001f\u008b"),
  ENCRYPTED_PARQUET("an encrypted Parquet file", "PARE"),
  PNG("a PNG picture", "\u0089PNG"),
  JPEG("a JPEG picture", "\u00ff\u00d8\u00ff"),
  TIFF("a TIFF picture", "II*\0", "II+\0", "MM\0*", "MM\0+"),
  PDF("a PDF document", "%PDF"),
  ZIP("a zip archive or an Excel workbook; save the sheet as CSV", "PK\u0003\u0004"),
  EXCEL("an old Excel workbook; save the sheet as CSV", "\u00d0\u00cf\u0011\u00e0"),
  BZIP2("compressed with bzip2; unpack it first", "BZh"),
  XZ("compressed with xz; unpack it first", "\u00fd7zXZ"),
  ZSTD("compressed with zstd; unpack it first", "(\u00b5/\u00fd"),
  SQLITE("an SQLite database", "SQLite format 3"),
  HDF5("an HDF5 file", "\u0089HDF"),
  NUMPY("a numpy array", "\u0093NUMPY"),
  UTF_16("UTF-16 text; save it as UTF-8", "\u00ff\u00fe", "\u00fe\u00ff"),
  MARKUP("a web page or XML", "<"),
  JSON("JSON", "{", "["),
  TEXT("text");

  /** The most bytes that {@link #of} looks at. */
  static final int LENGTH = 16;

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes lists that can't change.
  private final List<String> starts;

  /** Creates a signature; a start has one character for each byte. */
  Signature(String words, String... starts) {
    this.words = words;
    this.starts = List.of(starts);
  }

  /** Returns what the bytes begin like; text if like nothing known. */
  static Signature of(byte[] head) {
    return Arrays.stream(values())
        .filter(signature -> signature.matches(head))
        .findFirst()
        .orElse(TEXT);
  }

  private boolean matches(byte[] head) {
    String bytes = new String(head, StandardCharsets.ISO_8859_1);
    return starts.stream().anyMatch(bytes::startsWith);
  }

  /** Returns what the file is, to follow the words "the file is". */
  String words() {
    return words;
  }
}
