package org.cytobeam.io.tiff;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;

/** The first bytes of a file, by which a TIFF is told from what else arrives under its name. */
final class Signature {

  /** How many bytes at the start of a file are looked at to name what it is. */
  private static final int HEAD = 512;

  private static final int SCANNED_AT_ONCE = 1 << 20;

  private static final List<byte[]> TIFFS =
      List.of(
          new byte[] {'I', 'I', 42, 0},
          new byte[] {'M', 'M', 0, 42},
          new byte[] {'I', 'I', 43, 0},
          new byte[] {'M', 'M', 0, 43});

  private record Magic(String name, int offset, byte[] bytes) {
    boolean in(byte[] head) {
      return head.length >= offset + bytes.length
          && Arrays.equals(head, offset, offset + bytes.length, bytes, 0, bytes.length);
    }
  }

  private static final List<Magic> OTHERS =
      List.of(
          magic("a JPEG", 0, "\u00ff\u00d8\u00ff"),
          magic("a PNG", 0, "\u0089PNG\r\n"),
          magic("a GIF", 0, "GIF8"),
          magic("a JPEG 2000", 0, "\0\0\0\fjP  "),
          magic("a WebP", 8, "WEBP"),
          magic("a BMP", 0, "BM"),
          magic("a PDF", 0, "%PDF-"),
          magic("gzip data", 0, "\u001f\u008b"),
          magic("bzip2 data", 0, "BZh"),
          magic("xz data", 0, "\u00fd7zXZ\0"),
          magic("Zstandard data", 0, "\u0028\u00b5\u002f\u00fd"),
          magic("a ZIP", 0, "PK\u0003\u0004"),
          magic("a tar", 257, "ustar"),
          magic("an HDF5", 0, "\u0089HDF\r\n"),
          magic("an SQLite database", 0, "SQLite format 3\0"),
          magic("a Parquet table", 0, "PAR1"),
          magic("a DICOM", 128, "DICM"));

  private Signature() {}

  private static Magic magic(String name, int offset, String latin1) {
    return new Magic(name, offset, latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Checks that a file starts like a TIFF or BigTIFF.
   *
   * @throws ImageException TRUNCATED if it ends before that can be told, ZERO_FILLED if every byte
   *     is 0, else NOT_AN_IMAGE with what it looks like
   */
  static void requireTiff(ReadAhead bytes) throws IOException {
    if (bytes.size() == 0) {
      throw new ImageException(Reason.TRUNCATED, "the file is empty");
    }
    byte[] head = new byte[(int) Math.min(HEAD, bytes.size())];
    bytes.view(0, head.length, ByteOrder.BIG_ENDIAN, "header").get(head);
    if (TIFFS.stream().anyMatch(tiff -> startsAlike(tiff, head))) {
      return;
    }
    if (isZero(head, head.length) && isZero(bytes, head.length)) {
      throw new ImageException(
          Reason.ZERO_FILLED, "each of the file's " + bytes.size() + " bytes is 0");
    }
    throw new ImageException(
        Reason.NOT_AN_IMAGE, "not a TIFF: the file looks like " + resemblance(head));
  }

  private static boolean startsAlike(byte[] tiff, byte[] head) {
    int length = Math.min(tiff.length, head.length);
    return Arrays.equals(tiff, 0, length, head, 0, length);
  }

  private static boolean isZero(ReadAhead bytes, long from) throws IOException {
    for (long at = from; at < bytes.size(); at += SCANNED_AT_ONCE) {
      int length = (int) Math.min(SCANNED_AT_ONCE, bytes.size() - at);
      if (!isZero(bytes.source().read(at, length), length)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(byte[] bytes, int length) {
    return length == 0 || (bytes[0] == 0 && Arrays.equals(bytes, 0, length - 1, bytes, 1, length));
  }

  private static String resemblance(byte[] head) {
    return OTHERS.stream()
        .filter(other -> other.in(head))
        .findFirst()
        .map(Magic::name)
        .orElseGet(() -> textOrUnknown(head));
  }

  private static String textOrUnknown(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u00ef\u00bb\u00bf")) {
      text = text.substring(3);
    }
    String start = text.stripLeading().toLowerCase(Locale.ROOT);
    if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
      return "an HTML page";
    }
    if (start.startsWith("<?xml") || start.startsWith("<error>")) {
      return "an XML document";
    }
    if (text.chars().noneMatch(Signature::isControl)) {
      return "text";
    }
    return "nothing known, it begins with " + hex(head);
  }

  private static boolean isControl(int c) {
    return c == 0x7f || (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f');
  }

  private static String hex(byte[] head) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < Math.min(4, head.length); i++) {
      hex.append(String.format(Locale.ROOT, "%02x ", head[i]));
    }
    return hex.toString().strip();
  }
}
