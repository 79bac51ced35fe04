package org.cytobeam.transforms.images;

import java.util.Locale;
import java.util.Set;

/**
 * The last part of a name or key, and what is left of it without an extension.
 *
 * <p>An extension begins with the last dot, and dots at the very beginning begin none, as for
 * Python's {@code os.path.splitext}: the stem of {@code a.b.png} is {@code a.b}, that of {@code
 * .hidden} is {@code .hidden}.
 */
final class BaseName {

  private BaseName() {}

  /** Returns what stands behind the last slash. */
  static String of(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Returns a base name without its extension. */
  static String stem(String base) {
    int dot = base.lastIndexOf('.');
    return dot > leadingDots(base) ? base.substring(0, dot) : base;
  }

  /**
   * Returns whether a base name has one of some extensions.
   *
   * @param extensions in lower case, without the first dot; none means any, or no extension at all
   */
  static boolean hasOneOf(Set<String> extensions, String base) {
    String lower = base.toLowerCase(Locale.ROOT);
    int dots = leadingDots(lower);
    return extensions.isEmpty()
        || extensions.stream()
            .anyMatch(
                extension ->
                    lower.endsWith("." + extension)
                        && lower.length() - extension.length() - 1 > dots);
  }

  private static int leadingDots(String base) {
    int dots = 0;
    while (dots < base.length() && base.charAt(dots) == '.') {
      dots++;
    }
    return dots;
  }
}
