package org.cytobeam.transforms.images;

import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Where names meet the objects that they may mean: in the bucket of the name's stem, its token.
 *
 * <p>An object comes to the tokens of all names that {@link NameMatch} lets mean it: those with its
 * base name or stem have its own stem; those that are its stem have the stem of that; and of those
 * whose stem is its base name that is the token. A prefix may end in the middle of a name: with
 * {@code plate1_} the name {@code a.png} may be the key {@code plate1_a.png}, so that the stem of
 * what is behind the prefix is one more. A stem has all that tells names of one kind apart, also
 * where they begin alike up to a dot: {@code 1.2.840.113619.7.jpg}, {@code 2024.01.31_7.png}.
 */
final class NameBuckets implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int NAMES_A_BUCKET = 500;

  /** A group costs the direct runner 1.5 ms. */
  private static final int MOST = 512;

  private final MatchRules rules;
  private final int count;

  private NameBuckets(MatchRules rules, int count) {
    this.rules = rules;
    this.count = count;
  }

  /** Returns so many buckets as so many names want, 1 to 512. */
  static NameBuckets forNames(long names, MatchRules rules) {
    return new NameBuckets(rules, count(names));
  }

  /** Returns how many buckets so many names want. */
  static int count(long names) {
    return (int) Math.max(1, Math.min(MOST, names / NAMES_A_BUCKET));
  }

  /** Returns how many buckets there are. */
  int count() {
    return count;
  }

  /** Returns the bucket of a row; rows with equal names are in the same. */
  int of(ListedName row) {
    return bucket(token(row.getName()));
  }

  /**
   * Returns the buckets of an object, of which there may be none and are four at most.
   *
   * @param isWanted whether a name may have a token
   */
  Set<Integer> of(String key, Predicate<String> isWanted) {
    Set<Integer> buckets = new TreeSet<>();
    for (String token : tokens(key)) {
      if (isWanted.test(token)) {
        buckets.add(bucket(token));
      }
    }
    return buckets;
  }

  private int bucket(String token) {
    return TextHash.bucket(token, count);
  }

  /** Returns the token of a name. */
  static String token(String name) {
    return stem(WantedName.key(name));
  }

  /** Returns the tokens of all names that may mean an object. */
  private Set<String> tokens(String key) {
    Set<String> tokens = new LinkedHashSet<>();
    String stem = stem(key);
    tokens.add(stem);
    if (rules.match() == MatchRules.Match.STEM) {
      tokens.add(BaseName.of(key));
      tokens.add(BaseName.stem(stem));
    }
    String prefix = rules.prefix();
    if (!prefix.isEmpty() && !prefix.endsWith("/") && key.startsWith(prefix)) {
      tokens.add(stem(key.substring(prefix.length())));
    }
    return tokens;
  }

  private static String stem(String path) {
    return BaseName.stem(BaseName.of(path));
  }
}
