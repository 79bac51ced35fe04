package org.cytobeam.transforms.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.S3TestServer;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.cytobeam.transforms.images.MatchRules.Ambiguous;
import org.cytobeam.transforms.images.MatchRules.Match;
import org.cytobeam.transforms.images.MatchRules.SaveAs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

final class LookupChoiceTest {

  private final TreeSet<String> bucket = new TreeSet<>();
  private int asked;

  private static MatchRules rules(Match match) {
    return new MatchRules("bucket", "p/", match, Set.of(), Ambiguous.FAIL, SaveAs.NAME, false);
  }

  private LookupChoice.Page after(String key) {
    asked++;
    List<String> page = bucket.tailSet(key, false).stream().limit(1001).toList();
    return page.size() > 1000
        ? new LookupChoice.Page(page.get(999), false)
        : new LookupChoice.Page(page.isEmpty() ? "" : page.get(page.size() - 1), true);
  }

  private Lookup choice(Match match, int names, IntFunction<String> name) throws Exception {
    NameSample sample = new NameSample(4096);
    IntStream.range(0, names).mapToObj(name).forEach(sample::add);
    Lookup lookup =
        LookupChoice.of(rules(match), sample.distinct(), sample.sorted(), this::after).lookup();
    assertThat(asked, is(lessThanOrEqualTo(10)));
    return lookup;
  }

  private static String number(int number) {
    return String.format(Locale.ROOT, "%08d.png", number);
  }

  private void fill(int keys, IntFunction<String> key) {
    IntStream.range(0, keys).mapToObj(key).forEach(bucket::add);
  }

  @Test
  void onlyNamesThatAreKeysCanBeAskedFor() throws Exception {
    assertThat(choice(Match.STEM, 1, LookupChoiceTest::number), is(Lookup.LIST));
    assertThat(asked, is(0));
  }

  @Test
  void fewNamesAreAskedForWithoutALook() throws Exception {
    assertThat(choice(Match.KEY, 64, LookupChoiceTest::number), is(Lookup.HEAD));
    assertThat(asked, is(0));
  }

  @Test
  void aBucketOfNothingButTheNamesIsListed() throws Exception {
    fill(100_000, i -> "p/" + number(i));

    assertThat(choice(Match.KEY, 100_000, LookupChoiceTest::number), is(Lookup.LIST));
  }

  @Test
  void everyTenthKeyIsListedAndEveryTwoHundredthIsNot() throws Exception {
    fill(200_000, i -> "p/" + number(i));

    assertThat(choice(Match.KEY, 20_000, i -> number(i * 10)), is(Lookup.LIST));
    asked = 0;
    assertThat(choice(Match.KEY, 1000, i -> number(i * 200)), is(Lookup.HEAD));
  }

  @Test
  void someNamesInASmallBucketAreListed() throws Exception {
    fill(900, i -> "p/" + number(i));

    assertThat(choice(Match.KEY, 500, LookupChoiceTest::number), is(Lookup.LIST));
  }

  @Test
  void whatLiesBesideTheNamesMayBeEndless() throws Exception {
    fill(20_000, i -> "p/b/" + number(i));
    fill(20_000, i -> "p/a/" + number(i));
    assertThat(choice(Match.KEY, 20_000, i -> "b/" + number(i)), is(Lookup.HEAD));
    asked = 0;
    assertThat(choice(Match.KEY, 20_000, i -> "a/" + number(i)), is(Lookup.HEAD));
  }

  @Test
  void anEmptyBucketIsListed() throws Exception {
    assertThat(choice(Match.KEY, 5000, LookupChoiceTest::number), is(Lookup.LIST));
  }

  private static List<String> sample() {
    return IntStream.range(0, 100).mapToObj(LookupChoiceTest::number).toList();
  }

  private static S3Settings.Builder s3(S3TestServer server) {
    return S3Settings.builder().setEndpoint(server.endpoint()).setRegion(S3TestServer.REGION);
  }

  @Test
  void whoMayNotListAsksForEach() throws Exception {
    try (S3TestServer server = S3TestServer.start().bucket("bucket")) {
      server.always("bucket", "", Fault.error(403, "AccessDenied"));

      LookupChoice choice =
          LookupChoice.of(rules(Match.KEY), s3(server).setAnonymous(true).build(), 100, sample());

      assertThat(choice, is(new LookupChoice(Lookup.HEAD, 100)));
      assertThat(server.requests().size(), is(1));
    }
  }

  @Test
  @ExtendWith(NoCredentials.class)
  void absentCredentialsEndTheRun() {
    try (S3TestServer server = S3TestServer.start().bucket("bucket", Access.SIGNED)) {
      S3Settings nobody = s3(server).build();
      RunAbortedException aborted =
          assertThrows(
              RunAbortedException.class,
              () -> LookupChoice.of(rules(Match.KEY), nobody, 100, sample()));

      assertThat(
          aborted.getMessage(),
          containsString("Provide credentials and run the same command again: it goes on."));
    }
  }
}
