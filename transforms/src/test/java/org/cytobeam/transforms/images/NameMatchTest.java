package org.cytobeam.transforms.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.cytobeam.io.s3.KeyOrder;
import org.cytobeam.io.s3.ListedObject;
import org.cytobeam.transforms.images.MatchRules.Ambiguous;
import org.cytobeam.transforms.images.MatchRules.Match;
import org.cytobeam.transforms.images.MatchRules.SaveAs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NameMatchTest {

  private static final int NONE = 0;

  private static MatchRules rules(String prefix, Match match, String... extensions) {
    return new MatchRules(
        "bucket", prefix, match, Set.of(extensions), Ambiguous.ALL, SaveAs.NAME, false);
  }

  private static WantedName wanted(String name, MatchRules rules) {
    try {
      return WantedName.of(name, rules);
    } catch (WantedName.BadNameInRowException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> match(MatchRules rules, String name, String... keys) {
    NameMatch match = new NameMatch(rules);
    match.want(wanted(name, rules));
    for (String key : keys) {
      match.offer(new ListedObject(key, 1, "", 0));
    }
    return match
        .best(wanted(name, rules))
        .map(found -> found.first().stream().map(ListedObject::key).toList())
        .orElse(List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "a.b.jpg, a.b",
    "a.jpg, a",
    "a, a",
    "photo., photo",
    ".hidden, .hidden",
    "..a.b.c, ..a.b",
    "..., ...",
    "a..b, a.",
  })
  void stemsAreThoseOfPython(String base, String stem) {
    assertThat(BaseName.stem(base), is(stem));
  }

  @Test
  void theClosestFitCounts() {
    MatchRules rules = rules("p/", Match.STEM);
    String[] keys = {"p/x.jpg", "p/d/x.jpg", "p/d/x.jpg.gz", "p/d/x", "p/d/x.png", "p/X.jpg"};

    assertThat(match(rules, "x.jpg", keys), is(List.of("p/x.jpg")));
    assertThat(match(rules, "p/x.jpg", keys), is(List.of("p/x.jpg")));
    assertThat(match(rules, "s3://bucket/p/x.jpg", keys), is(List.of("p/x.jpg")));
    assertThat(match(rules, "q/x.jpg", keys), is(List.of()));
    assertThat(match(rules, "d/x", keys), is(List.of("p/d/x")));
    assertThat(match(rules, "x.jpg", "p/d/x.jpg.gz", "p/d/x"), is(List.of("p/d/x.jpg.gz")));
    assertThat(match(rules, "x.jpg", "p/x.png", "p/d/x"), is(List.of("p/d/x")));
    assertThat(
        match(rules, "x.tif", "p/x.png", "p/x.jpg", "p/y.jpg"), is(List.of("p/x.jpg", "p/x.png")));
    assertThat(match(rules, "X.tif", "p/x.png"), is(List.of()));
  }

  @Test
  void aNameWithFoldersMeansNoOtherFolder() {
    MatchRules rules = rules("p/", Match.STEM);
    String[] keys = {"p/a/x.png", "p/q/b/x.png", "p/ab/x.png", "p/x.png", "p/q/c/d/x.jpg"};

    assertThat(match(rules, "a/x.jpg", keys), is(List.of("p/a/x.png")));
    assertThat(match(rules, "p/a/x", keys), is(List.of("p/a/x.png")));
    assertThat(match(rules, "b/x.png", keys), is(List.of("p/q/b/x.png")));
    assertThat(match(rules, "c/d/x.png", keys), is(List.of("p/q/c/d/x.jpg")));
    assertThat(match(rules, "c/x.png", keys), is(List.of()));
    assertThat(match(rules, "../x.png", keys), is(List.of()));
    assertThat(match(rules, "/x.png", keys), is(List.of()));
    assertThat(match(rules, "/x.png", "p//x.jpg", "p/x.png"), is(List.of("p//x.jpg")));
    assertThat(match(rules("", Match.STEM), "/x.png", "/x.jpg"), is(List.of("/x.jpg")));
  }

  @Test
  void anAddressMeansItsOwnObject() {
    String[] keys = {"p/a/x.jpg", "p/x.png", "p/x", "p/x.jpg.gz"};

    assertThat(match(rules("p/", Match.STEM), "s3://bucket/p/x.jpg", keys), is(List.of()));
    assertThat(match(rules("p/", Match.STEM), "s3://bucket/p/x", keys), is(List.of("p/x")));
  }

  @Test
  void rulesLimitHowFarAFitMayBe() {
    assertThat(match(rules("p/", Match.KEY), "x.jpg", "p/d/x.jpg", "p/x.png"), is(List.of()));
    assertThat(
        match(rules("p/", Match.NAME), "x.jpg", "p/d/x.jpg", "p/x.png"), is(List.of("p/d/x.jpg")));
    MatchRules onlyPng = rules("p/", Match.STEM, "png", "ome.tiff");
    assertThat(match(onlyPng, "x.jpg", "p/x.tif", "p/x.PNG", "p/x"), is(List.of("p/x.PNG")));
    assertThat(match(onlyPng, "x.ome.jpg", "p/x.ome.tiff"), is(List.of("p/x.ome.tiff")));
    assertThat(match(onlyPng, "x.jpg", "p/d/x.jpg"), is(List.of("p/d/x.jpg")));
    assertThat(match(onlyPng, ".png.x", "p/.png"), is(List.of()));
  }

  @Test
  void foldersAreNoObjects() {
    MatchRules rules = rules("", Match.STEM);
    NameMatch match = new NameMatch(rules);
    match.want(wanted("d/", rules));
    match.offer(new ListedObject("d/", 0, "", 0));
    assertThat(match.best(wanted("d/", rules)).isPresent(), is(false));
    assertThat(match(rules, "d/", "d/", "e/d/"), is(List.of("d/")));
  }

  @Test
  void ofVeryManyCandidatesOnlySomeAreKept() {
    MatchRules rules =
        new MatchRules("bucket", "", Match.STEM, Set.of(), Ambiguous.FAIL, SaveAs.NAME, false);
    NameMatch match = new NameMatch(rules);
    match.want(wanted("x.png", rules));
    for (int i = 999; i >= 0; i--) {
      match.offer(
          new ListedObject(String.format(Locale.ROOT, "%03d/x.png", i), 1, "", i == 7 ? 9 : i % 5));
    }
    Candidates found = match.best(wanted("x.png", rules)).orElseThrow();

    assertThat(found.count(), is(1000L));
    assertThat(found.first().size(), is(20));
    assertThat(found.first().iterator().next().key(), is("000/x.png"));
    assertThat(found.newest().key(), is("007/x.png"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.840.113619.2.55.%05d.jpg", "2024.01.31_%05d.jpg", ".%05d.x.jpg"})
  void namesThatBeginAlikeAreSpread(String form) {
    NameBuckets buckets = NameBuckets.forNames(1_000_000, rules("p/", Match.STEM));
    NameFilter.Builder filter = new NameFilter.Builder();
    Set<Integer> used = new TreeSet<>();
    for (int i = 0; i < 10_000; i++) {
      String name = String.format(Locale.ROOT, form, i);
      filter.add(name);
      used.add(buckets.of(ListedName.of(name, "t line 1", null)));
    }
    NameFilter built = filter.build();

    assertThat(buckets.count(), is(512));
    assertThat(used.size(), is(greaterThan(460)));
    for (int i = 0; i < 10_000; i++) {
      String name = String.format(Locale.ROOT, form, i);
      assertThat(
          buckets.of("p/" + name.replace("jpg", "png"), built::mayHave),
          is(Set.of(buckets.of(ListedName.of(name, "t line 1", null)))));
    }
  }

  /** The rules, word for word, without an index. */
  private static int rank(MatchRules rules, String name, ListedObject object) {
    String key = object.key();
    String prefix = rules.prefix();
    if (!key.startsWith(prefix) || (object.bytes() == 0 && key.endsWith("/"))) {
      return NONE;
    }
    if (key.equals(name) || key.equals(prefix + name)) {
      return 1;
    }
    if (!prefix.isEmpty() && !prefix.endsWith("/") && key.equals(prefix + "/" + name)) {
      return 1;
    }
    String n = name.substring(name.lastIndexOf('/') + 1);
    String k = key.substring(key.lastIndexOf('/') + 1);
    if (n.isEmpty() || k.isEmpty() || rules.match() == Match.KEY) {
      return NONE;
    }
    List<String> folders = folders(name);
    List<String> of = folders(key);
    if (folders.size() > of.size()
        || !folders.equals(of.subList(of.size() - folders.size(), of.size()))) {
      return NONE;
    }
    if (n.equals(k)) {
      return 2;
    }
    if (rules.match() == Match.NAME || !hasExtension(rules, k)) {
      return NONE;
    }
    if (stem(k).equals(n)) {
      return 3;
    }
    return k.equals(stem(n)) ? 4 : stem(k).equals(stem(n)) ? 5 : NONE;
  }

  private static List<String> folders(String path) {
    List<String> parts = List.of(path.split("/", -1));
    return parts.subList(0, parts.size() - 1);
  }

  private static boolean hasExtension(MatchRules rules, String base) {
    String extension = base.substring(stem(base).length()).toLowerCase(Locale.ROOT);
    return rules.extensions().isEmpty()
        || (!extension.isEmpty() && rules.extensions().contains(extension.substring(1)));
  }

  private static String stem(String base) {
    Matcher parts = Pattern.compile("(\\.*[^.].*)\\.[^.]*", Pattern.DOTALL).matcher(base);
    return parts.matches() ? parts.group(1) : base;
  }

  @Property(tries = 3000)
  void whatFitsIsWhatTheRulesSay(
      @ForAll("names") Set<String> names,
      @ForAll("names") Set<String> keys,
      @ForAll("anyRules") MatchRules rules) {
    NameMatch match = new NameMatch(rules);
    names.forEach(name -> match.want(wanted(name, rules)));
    List<ListedObject> objects = new ArrayList<>();
    keys.forEach(key -> objects.add(new ListedObject(key, objects.size() % 3, "", 0)));
    objects.forEach(match::offer);
    NameFilter.Builder filter = new NameFilter.Builder();
    names.forEach(filter::add);
    NameFilter built = filter.build();
    for (int count : new int[] {1, 1000, 300_000}) {
      NameBuckets buckets = NameBuckets.forNames(count, rules);
      for (String name : names) {
        int bucket = buckets.of(ListedName.of(name, "t line 1", null));
        for (ListedObject object : objects) {
          if (rank(rules, name, object) != NONE) {
            assertThat(buckets.of(object.key(), built::mayHave), hasItem(bucket));
          }
        }
      }
    }
    for (String name : names) {
      TreeMap<Integer, List<String>> byRank = new TreeMap<>();
      for (ListedObject object : objects) {
        byRank.computeIfAbsent(rank(rules, name, object), r -> new ArrayList<>()).add(object.key());
      }
      byRank.remove(NONE);
      List<String> expected =
          byRank.isEmpty()
              ? List.of()
              : byRank.firstEntry().getValue().stream().sorted(KeyOrder.UTF_8).toList();
      List<String> found =
          match
              .best(wanted(name, rules))
              .map(best -> best.first().stream().map(ListedObject::key).toList())
              .orElse(List.of());
      assertThat(name + " in " + keys, found, is(expected));
    }
  }

  @Provide
  static Arbitrary<Set<String>> names() {
    return AnyKeys.any().set().ofMinSize(1).ofMaxSize(12);
  }

  @Provide
  static Arbitrary<MatchRules> anyRules() {
    return Combinators.combine(
            AnyKeys.prefixes(),
            Arbitraries.of(Match.class),
            Arbitraries.of(List.of(), List.of("png")))
        .as((prefix, match, extensions) -> rules(prefix, match, extensions.toArray(String[]::new)));
  }
}
