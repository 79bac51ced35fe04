package org.cytobeam.io.destination;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns values of a table into file names that are safe everywhere, and back.
 *
 * <p>A name is the value with these escaped as {@code %} and two upper-case hexadecimal digits for
 * each byte in UTF-8, as in URLs:
 *
 * <ul>
 *   <li>control and format characters (Unicode categories Cc and Cf) and line separators, {@code /
 *       \ : * ? " < > |} and {@code %} itself;
 *   <li>a dot, a space, {@code ~} or {@code -} at the start, a dot or a space at the end;
 *   <li>the first letter of Windows' device names, with or without an extension, and of {@code
 *       _cytobeam}, the folder of a run's records;
 *   <li>everything but ASCII, if the name would not be in Unicode's normalisation form C otherwise.
 * </ul>
 *
 * <p>So no two values have the same name, also on a file system that normalises names. On one that
 * ignores case, names that differ only in case meet: {@link #clashKey} finds them.
 */
public final class SafeName {

  /** The longest name, in bytes of UTF-8: the limit of most file systems. */
  public static final int MAX_BYTES = 255;

  private static final String FORBIDDEN = "/\\:*?\"<>|%";
  private static final String FORBIDDEN_FIRST = ". ~-";
  private static final String FORBIDDEN_LAST = ". ";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /**
   * Names that Windows takes for a device whatever their extension, in upper case; superscript
   * digits count as digits. See "Naming Files, Paths, and Namespaces" in Microsoft's documentation.
   */
  private static final Pattern DEVICE =
      Pattern.compile(
          "(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3]) *(\\..*)?");

  private static final Set<String> RESERVED = Set.of("_CYTOBEAM");

  private SafeName() {}

  /**
   * Returns the name of a value.
   *
   * @throws BadNameException if the value is empty, is no well-formed Unicode, or its name would be
   *     longer than {@link #MAX_BYTES}
   */
  public static String encode(String value) {
    if (value.isEmpty()) {
      throw new BadNameException("An empty value can't be a file name");
    }
    checkWellFormed(value);
    String name = encode(value, false);
    if (!isNormal(value) || !isNormal(name)) {
      name = encode(value, true);
    }
    int bytes = name.getBytes(UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw new BadNameException(
          "A file name has at most " + MAX_BYTES + " bytes, not " + bytes + ": " + brief(name));
    }
    return name;
  }

  /**
   * Returns the value of a name.
   *
   * @throws BadNameException if the name has a broken escape
   */
  public static String decode(String name) {
    ByteBuffer bytes = ByteBuffer.allocate(name.length() * 3);
    for (int i = 0; i < name.length(); ) {
      if (name.charAt(i) == '%') {
        bytes.put(escapedByte(name, i));
        i += 3;
      } else {
        int next = name.offsetByCodePoints(i, 1);
        bytes.put(name.substring(i, next).getBytes(UTF_8));
        i = next;
      }
    }
    try {
      return UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new BadNameException("Escapes that are no UTF-8: " + brief(name));
    }
  }

  /**
   * Returns a key that two paths share if they may be the same file where case or normalisation is
   * ignored. The key does not depend on the user's language; dotted and dotless i count as the same
   * letter, and so do ß and ss.
   */
  public static String clashKey(String path) {
    String folded = normal(path).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return normal(normal(folded).replace("i\u0307", "i"));
  }

  private static String encode(String value, boolean asciiOnly) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < value.length(); ) {
      int c = value.codePointAt(i);
      int next = i + Character.charCount(c);
      boolean escaped =
          isForbidden(c)
              || (i == 0 && FORBIDDEN_FIRST.indexOf(c) >= 0)
              || (next == value.length() && FORBIDDEN_LAST.indexOf(c) >= 0)
              || (asciiOnly && c > 0x7f);
      name.append(escaped ? escape(c) : value.substring(i, next));
      i = next;
    }
    return isReserved(name) ? escape(name.charAt(0)) + name.substring(1) : name.toString();
  }

  private static boolean isForbidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> FORBIDDEN.indexOf(c) >= 0;
    };
  }

  private static boolean isReserved(CharSequence name) {
    String upper = name.toString().toUpperCase(Locale.ROOT);
    return RESERVED.contains(upper) || DEVICE.matcher(upper).matches();
  }

  private static String escape(int codePoint) {
    StringBuilder escape = new StringBuilder();
    for (byte b : Character.toString(codePoint).getBytes(UTF_8)) {
      escape.append('%').append(HEX.toHexDigits(b));
    }
    return escape.toString();
  }

  private static byte escapedByte(String name, int position) {
    int end = position + 3;
    if (end > name.length()
        || !HexFormat.isHexDigit(name.charAt(position + 1))
        || !HexFormat.isHexDigit(name.charAt(position + 2))) {
      throw new BadNameException("A broken escape: " + brief(name));
    }
    return (byte) HexFormat.fromHexDigits(name, position + 1, end);
  }

  private static void checkWellFormed(String value) {
    try {
      UTF_8.newEncoder().encode(CharBuffer.wrap(value));
    } catch (CharacterCodingException e) {
      throw new BadNameException("Half a surrogate pair can't be in a file name");
    }
  }

  private static boolean isNormal(String text) {
    return Normalizer.isNormalized(text, Normalizer.Form.NFC);
  }

  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static String brief(String name) {
    int end = name.offsetByCodePoints(0, Math.min(40, name.codePointCount(0, name.length())));
    return end == name.length() ? name : name.substring(0, end) + "\u2026";
  }
}
