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

  /** Bytes at a fixed place, written as the Latin-1 characters of the same numbers. */
  private record Magic(String name, int offset, String latin1) {
    boolean in(String head) {
      return head.startsWith(latin1, offset);
    }
  }

  private static final List<Magic> OTHERS =
      List.of(
          new Magic("a JPEG", 0, "\u00ff\u00d8\u00ff"),
          new Magic("a PNG", 0, "\u0089PNG\r\n"),
          new Magic("a GIF", 0, "GIF8"),
          new Magic("a JPEG 2000", 0, "\0\0\0\fjP  "),
          new Magic("a WebP", 8, "WEBP"),
          new Magic("a BMP", 0, "BM"),
          new Magic("a PDF", 0, "%PDF-"),
          new Magic("gzip data", 0, "\u001f\u008b"),
          new Magic("bzip2 data", 0, "BZh"),
          new Magic("xz data", 0, "\u00fd7zXZ\0"),
          new Magic("Zstandard data", 0, "(\u00b5/\u00fd"),
          new Magic("a ZIP", 0, "PK\u0003\u0004"),
          new Magic("a tar", 257, "ustar"),
          new Magic("an HDF5", 0, "\u0089HDF\r\n"),
          new Magic("an SQLite database", 0, "SQLite format 3\0"),
          new Magic("a Parquet table", 0, "PAR1"),
          new Magic("a DICOM", 128, "DICM"));

  private Signature() {}

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
    String text = new String(head, StandardCharsets.ISO_8859_1);
    return OTHERS.stream()
        .filter(other -> other.in(text))
        .findFirst()
        .map(Magic::name)
        .orElseGet(() -> textOrUnknown(text, head));
  }

  private static String textOrUnknown(String latin1, byte[] head) {
    String text = latin1;
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
