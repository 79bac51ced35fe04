package org.cytobeam.transforms.images;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cytobeam.io.s3.ListedObject;
import org.jspecify.annotations.Nullable;

/**
 * Which of many objects fit each of many names best.
 *
 * <p>From the closest fit to the farthest, as far as the rules go:
 *
 * <ol>
 *   <li>the name is the key, with or without the prefix, or the object's address;
 *   <li>both have the same base name;
 *   <li>the name's base name is the object's stem;
 *   <li>the name's stem is the object's base name;
 *   <li>both have the same stem.
 * </ol>
 *
 * <p>The last four are the two look-ups of the system that this replaces, the name and then the
 * name without its extension, each among base names and then among stems. They ask that the name's
 * folders are the last ones of the key: {@code d/x} fits {@code p/d/x.png}, and neither {@code
 * e/x.png} nor {@code cd/x.png}. An address fits its own object alone. Only the objects that fit
 * best are candidates. From the third on, the object must have one of the wanted extensions. Upper
 * and lower case differ. A key that ends with a slash and has no bytes stands for a folder, and
 * fits nothing.
 *
 * <p>First every name is {@linkplain #want wanted}, then every object {@linkplain #offer offered},
 * in any order; each takes a few look-ups for each folder of the name with the most, however many
 * fit. Memory: the names, and what fits them.
 */
final class NameMatch {

  /** How many candidates a message names. */
  static final int MOST_NAMED = 20;

  private final MatchRules rules;
  private final int kept;
  private final Map<String, Candidates> byKey = new HashMap<>();
  private final Map<String, Candidates> byTail = new HashMap<>();
  private final Map<String, Candidates> byTailStem = new HashMap<>();
  private int mostFolders;

  /** Creates a match without names and objects. */
  NameMatch(MatchRules rules) {
    this.rules = rules;
    this.kept =
        switch (rules.ambiguous()) {
          case FAIL -> MOST_NAMED;
          case FIRST, NEWEST -> 1;
          case ALL -> Integer.MAX_VALUE;
        };
  }

  /** Says that a name will be asked for. */
  void want(WantedName name) {
    name.keys().forEach(key -> want(byKey, key));
    String base = name.base();
    if (base.isEmpty() || rules.match() == MatchRules.Match.KEY) {
      return;
    }
    mostFolders = Math.max(mostFolders, (int) name.folders().chars().filter(c -> c == '/').count());
    want(byTail, name.tail());
    if (rules.match() == MatchRules.Match.STEM) {
      String stem = name.folders() + BaseName.stem(base);
      want(byTail, stem);
      want(byTailStem, name.tail());
      want(byTailStem, stem);
    }
  }

  private void want(Map<String, Candidates> by, String text) {
    by.computeIfAbsent(text, t -> new Candidates(kept));
  }

  /** Adds an object, once. */
  void offer(ListedObject object) {
    String key = object.key();
    if (isFolder(object) || !key.startsWith(rules.prefix())) {
      return;
    }
    offer(byKey, key, object);
    String base = BaseName.of(key);
    boolean hasWantedExtension = BaseName.hasOneOf(rules.extensions(), base);
    int endOfStem = key.length() - base.length() + BaseName.stem(base).length();
    int start = key.length() - base.length();
    for (int folders = 0; folders <= mostFolders; folders++) {
      offer(byTail, key.substring(start), object);
      if (hasWantedExtension) {
        offer(byTailStem, key.substring(start, endOfStem), object);
      }
      if (start == 0) {
        return;
      }
      start = key.lastIndexOf('/', start - 2) + 1;
    }
  }

  private static void offer(Map<String, Candidates> by, String text, ListedObject object) {
    Candidates candidates = by.get(text);
    if (candidates != null) {
      candidates.add(object);
    }
  }

  private static boolean isFolder(ListedObject object) {
    return object.bytes() == 0 && object.key().endsWith("/");
  }

  /** Returns the objects that fit a wanted name best, of all that were offered; or empty. */
  Optional<Candidates> best(WantedName name) {
    Candidates exact = new Candidates(kept);
    name.keys().forEach(key -> addAll(exact, byKey.get(key)));
    List<Candidates> ranks = new ArrayList<>();
    ranks.add(exact);
    add(ranks, byTail.get(name.tail()));
    if (rules.match() == MatchRules.Match.STEM) {
      String stem = BaseName.stem(name.base());
      add(ranks, byTailStem.get(name.tail()));
      if (BaseName.hasOneOf(rules.extensions(), stem)) {
        add(ranks, byTail.get(name.folders() + stem));
      }
      add(ranks, byTailStem.get(name.folders() + stem));
    }
    return ranks.stream().filter(candidates -> candidates.count() > 0).findFirst();
  }

  /** A key has one object, so that none is lost by adding what was kept. */
  private static void addAll(Candidates all, @Nullable Candidates some) {
    if (some != null) {
      some.first().forEach(all::add);
    }
  }

  private static void add(List<Candidates> ranks, @Nullable Candidates rank) {
    if (rank != null) {
      ranks.add(rank);
    }
  }
}
