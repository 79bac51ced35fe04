package org.cytobeam.transforms.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.Set;

/**
 * Tells a page that a proxy, a login or a server answers with from the picture that was asked for.
 *
 * <p>Only beginnings that no picture has are taken for a page: an XML document is one only if it is
 * an error of S3's.
 */
final class ErrorPage {

  /** As many bytes tell: an XML declaration, a comment of a few lines and the first element. */
  static final int HEAD_BYTES = 512;

  private static final Set<String> PICTURES =
      Set.of("jpg", "jpeg", "png", "tif", "tiff", "gif", "bmp", "webp", "jp2");

  private ErrorPage() {}

  /** Returns whether the last name of a path, or of an address, has the extension of a picture. */
  static boolean isPictureName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot >= 0 && PICTURES.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** Returns whether bytes begin as a page does; only the first {@link #HEAD_BYTES} count. */
  static boolean begins(byte[] bytes, int length) {
    int start = startsWithUtf8Mark(bytes, length) ? 3 : 0;
    int end = Math.min(length, HEAD_BYTES);
    if (start >= end || !isTextBefore(bytes[start])) {
      return false;
    }
    String head = new String(bytes, start, end - start, ISO_8859_1).strip();
    String lower = head.toLowerCase(Locale.ROOT);
    return lower.startsWith("<!doctype")
        || isElement(lower, "<html")
        || isElement(head, "<Error")
        || (lower.startsWith("<?xml") && holdsError(head));
  }

  private static boolean startsWithUtf8Mark(byte[] bytes, int length) {
    return length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  /** Most pictures are told from pages by their first byte. */
  private static boolean isTextBefore(byte first) {
    return first == '<' || first == ' ' || first == '\t' || first == '\r' || first == '\n';
  }

  private static boolean isElement(String text, String start) {
    return text.startsWith(start)
        && text.length() > start.length()
        && (text.charAt(start.length()) == '>'
            || text.charAt(start.length()) == '/'
            || Character.isWhitespace(text.charAt(start.length())));
  }

  private static boolean holdsError(String head) {
    int end = head.indexOf("?>");
    return end >= 0 && isElement(head.substring(end + 2).stripLeading(), "<Error");
  }
}
