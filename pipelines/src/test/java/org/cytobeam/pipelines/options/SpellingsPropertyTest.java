package org.cytobeam.pipelines.options;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class SpellingsPropertyTest {

  private static final Map<String, String> GIVEN =
      Map.of(
          "jobCsvPath", "a b=c.csv",
          "channels", "DNA,AGP",
          "percentile", "2.5",
          "minResolutionX", "-0",
          "maxPixels", "12",
          "check", "SIZE");

  private static final OptionSet OPTIONS = OptionSet.of(List.of(SampleOptions.class));

  /** How one option is written: where its words are joined, and whether by "=" to its value. */
  record Written(String property, String joint, boolean upperCase, boolean attached) {
    List<String> words(String value) {
      String snake = OptionName.shown(property).substring(2);
      String name = "--" + (joint.isEmpty() ? property : snake.replace("_", joint));
      String cased = upperCase ? name.toUpperCase(Locale.ROOT) : name;
      return attached ? List.of(cased + "=" + value) : List.of(cased, value);
    }
  }

  @Provide
  Arbitrary<List<Written>> spellings() {
    List<Arbitrary<Written>> each =
        GIVEN.keySet().stream()
            .sorted()
            .map(
                property ->
                    Combinators.combine(
                            Arbitraries.of("", "_", "-"),
                            Arbitraries.of(true, false),
                            Arbitraries.of(true, false))
                        .as((joint, upper, eq) -> new Written(property, joint, upper, eq)))
            .collect(Collectors.toList());
    return Combinators.combine(each).as(all -> all).flatMap(all -> Arbitraries.shuffle(all));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void anySpellingInAnyOrderReadsTheSame(@ForAll("spellings") List<Written> spellings) {
    List<String> words = new ArrayList<>();
    spellings.forEach(
        spelling ->
            words.addAll(spelling.words(Objects.requireNonNull(GIVEN.get(spelling.property())))));

    Arguments arguments = ArgumentReader.read(OPTIONS, words);

    assertThat(arguments.mistakes(), empty());
    assertThat(arguments.values().get("minResolutionX"), equalTo("0"));
    for (String property : List.of("jobCsvPath", "channels", "percentile", "maxPixels", "check")) {
      assertThat(arguments.values().get(property), equalTo(GIVEN.get(property)));
    }
  }

  @Property(tries = 300)
  void neverThrowsAndNeverLosesAWordSilently(
      @ForAll @Size(max = 6) List<@StringLength(max = 12) String> words) {
    Arguments arguments = ArgumentReader.read(OPTIONS, words);

    boolean isHelp = arguments.help() != Arguments.Help.NONE;
    assertThat(isHelp || !arguments.mistakes().isEmpty(), equalTo(true));
    arguments
        .mistakes()
        .forEach(mistake -> assertThat(mistake.line().lines().count(), equalTo(1L)));
  }

  @Property(tries = 300)
  void oneSlipIsForgiven(@ForAll("slips") String[] slip) {
    assertThat(
        slip[1],
        Spelling.nearest(OptionName.key(slip[1]), List.of(OptionName.key(slip[0]), "dbpassword"))
            .contains(OptionName.key(slip[0])),
        equalTo(true));
  }

  @Provide
  Arbitrary<String[]> slips() {
    return Combinators.combine(
            Arbitraries.of("jobcsvpath", "channels", "percentile", "minresolutionx"),
            Arbitraries.integers().between(0, 6),
            Arbitraries.chars().range('a', 'z'),
            Arbitraries.integers().between(0, 2))
        .as(
            (word, at, letter, kind) ->
                new String[] {
                  word,
                  word.substring(0, at)
                      + (kind == 0 ? "" : letter)
                      + word.substring(kind == 2 ? at : at + 1)
                });
  }

  @Property(tries = 200)
  void theDistanceIsSymmetric(
      @ForAll @StringLength(max = 8) String one, @ForAll @StringLength(max = 8) String other) {
    int slips = Spelling.slips(one, other);

    assertThat(slips, equalTo(Spelling.slips(other, one)));
    assertThat(slips == 0, equalTo(one.equals(other)));
    assertThat(slips <= Math.max(one.length(), other.length()), equalTo(true));
  }
}
