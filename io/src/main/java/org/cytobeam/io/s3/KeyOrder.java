package org.cytobeam.io.s3;

import java.util.Comparator;

/**
 * The order in which a bucket lists its keys: that of their UTF-8 bytes, which is also that of
 * their code points, and not that of {@link String#compareTo} where surrogates are concerned.
 *
 * <p>Source: Amazon S3 API Reference, ListObjectsV2, "UTF-8 binary order".
 */
public enum KeyOrder implements Comparator<String> {
  /** The only one there is. */
  UTF_8;

  @Override
  public int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Character.compare(rank(x), rank(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Puts surrogates, which stand for code points from U+10000 on, behind all other units. */
  private static char rank(char unit) {
    if (unit < Character.MIN_SURROGATE) {
      return unit;
    }
    int surrogates = Character.MAX_SURROGATE + 1 - Character.MIN_SURROGATE;
    return Character.isSurrogate(unit)
        ? (char) (unit + (Character.MAX_VALUE - Character.MAX_SURROGATE))
        : (char) (unit - surrogates);
  }
}
