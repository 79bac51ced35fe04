package org.cytobeam.transforms.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.io.s3.StaticCredentials;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.S3TestServer;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.cytobeam.transforms.images.MatchRules.Ambiguous;
import org.cytobeam.transforms.images.MatchRules.Match;
import org.cytobeam.transforms.images.MatchRules.SaveAs;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestPipelineExtension.class)
final class MatchObjectsTest {

  private static final String BUCKET = "pictures";

  private S3TestServer server;

  @BeforeEach
  void start() {
    server = S3TestServer.start().bucket(BUCKET, Access.SIGNED);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private S3Settings s3() {
    return S3Settings.builder()
        .setEndpoint(server.endpoint())
        .setRegion(S3TestServer.REGION)
        .setCredentials(
            new StaticCredentials(S3TestServer.ACCESS_KEY_ID, S3TestServer.SECRET_ACCESS_KEY, null))
        .setMaxAttempts(3)
        .setRetryDelay(Duration.ofMillis(1))
        .setMaxRetryDelay(Duration.ofMillis(5))
        .build();
  }

  private static MatchRules rules(Match match, Ambiguous ambiguous, SaveAs saveAs) {
    return new MatchRules(BUCKET, "p/", match, Set.of(), ambiguous, saveAs, false);
  }

  private static final String KEEP_PATH = "; --keep_path keeps files of different folders apart";

  private static final MatchRules DEFAULT = rules(Match.STEM, Ambiguous.FAIL, SaveAs.NAME);

  private void put(String... keys) {
    for (String key : keys) {
      server.put(BUCKET, key, key.getBytes(UTF_8));
    }
  }

  private static PCollection<ListedName> names(TestPipeline pipeline, String... names) {
    List<ListedName> rows = new ArrayList<>();
    for (String name : names) {
      String input = "t.csv line " + (rows.size() + 1);
      rows.add(
          name.isEmpty() ? ListedName.of("", input, "is empty") : ListedName.of(name, input, null));
    }
    return pipeline.apply(Create.of(rows).withCoder(RowCoders.NAME));
  }

  /** An outcome in a line: id, key or failure, rows if several. */
  private static String line(Outcome outcome) {
    Item item = outcome.getItem();
    Failure failure = outcome.getFailure();
    String rows = item.getKeys().getOrDefault(ImageKeys.ROWS, "1");
    return item.getId()
        + " <- "
        + (failure == null
            ? item.getUri()
            : failure.getFailureClass().label() + ": " + failure.getMessage())
        + (rows.equals("1") ? "" : " x" + rows);
  }

  private void check(TestPipeline pipeline, MatchObjects step, String[] names, String... lines) {
    PAssert.that(names(pipeline, names).apply(step))
        .satisfies(
            outcomes -> {
              TreeSet<String> found = new TreeSet<>();
              outcomes.forEach(outcome -> found.add(line(outcome)));
              assertThat(List.copyOf(found), is(List.copyOf(new TreeSet<>(List.of(lines)))));
              return null;
            });
  }

  private static Map<String, Long> run(TestPipeline pipeline) {
    Map<String, Long> counts = new TreeMap<>();
    for (MetricResult<Long> counter : pipeline.run().metrics().allMetrics().getCounters()) {
      counts.put(counter.getName().getName(), counter.getAttempted());
    }
    return counts;
  }

  @Test
  void eachNameIsOneItem(TestPipeline pipeline) {
    put("p/a.jpg", "p/d/b.png", "p/c.png", "p/c.tif", "q/d.jpg", "p/e.jpg");
    server.put(BUCKET, "p/folder/", new byte[0]);

    check(
        pipeline,
        MatchObjects.by(DEFAULT, s3()),
        new String[] {
          "a.jpg",
          "b.jpg",
          "a.jpg",
          "c.jpg",
          "d.jpg",
          "",
          "s3://other/p/a.jpg",
          "../e.jpg",
          "s3://pictures/q/d.jpg",
          "folder",
          "e".repeat(256),
          "a.jpg"
        },
        "a.jpg <- s3://pictures/p/a.jpg x3",
        "b.jpg <- s3://pictures/p/d/b.png",
        "c.jpg <- ambiguous: 2 objects fit c.jpg: p/c.png, p/c.tif",
        "d.jpg <- missing: no object below s3://pictures/p/ fits d.jpg",
        "t.csv line 6 <- bad_row: is empty",
        "t.csv line 7 <- bad_row: s3://other/p/a.jpg is not in the bucket pictures; one run reads"
            + " one bucket",
        "%2E%2E/e.jpg <- missing: no object below s3://pictures/p/ fits ../e.jpg",
        "t.csv line 9 <- bad_row: s3://pictures/q/d.jpg does not begin with s3://pictures/p/",
        "folder <- missing: no object below s3://pictures/p/ fits folder",
        "t.csv line 11 <- missing: no object below s3://pictures/p/ fits " + "e".repeat(256));
    Map<String, Long> counts = run(pipeline);

    assertThat(counts.get(MatchCounters.KEYS_LISTED), is(6L));
    assertThat(counts.get(MatchCounters.REQUESTS), is(1L));
    assertThat(counts.get(MatchCounters.MATCHED), is(3L));
  }

  @Test
  void itemsHaveWhatTheListingSays(TestPipeline pipeline) {
    server.put(BUCKET, "p/a.jpg", new byte[5], "abc");

    PAssert.thatSingleton(names(pipeline, "a.jpg").apply(MatchObjects.by(DEFAULT, s3())))
        .satisfies(
            outcome -> {
              assertThat(outcome.isPending(), is(true));
              assertThat(outcome.getFacts().getEtag(), is("abc"));
              assertThat(outcome.getFacts().getSourceBytes(), is(5L));
              assertThat(outcome.getItem().getInput(), is("t.csv line 1"));
              assertThat(outcome.getItem().getKeys(), is(Map.of("name", "a.jpg")));
              return null;
            });
    pipeline.run();
  }

  @ParameterizedTest
  @EnumSource(Ambiguous.class)
  void thePolicySaysWhatSeveralMean(Ambiguous policy, TestPipeline pipeline) throws Exception {
    put("p/x/c.png");
    put("p/c.tif", "p/b/c.jpg");

    check(
        pipeline,
        MatchObjects.by(rules(Match.STEM, policy, SaveAs.KEY), s3()),
        new String[] {"c.gif"},
        switch (policy) {
          case FAIL ->
              new String[] {
                "t.csv line 1 <- ambiguous: 3 objects fit c.gif: p/b/c.jpg, p/c.tif, p/x/c.png"
              };
          case FIRST -> new String[] {"c.jpg <- s3://pictures/p/b/c.jpg"};
          case NEWEST -> new String[] {"c.jpg <- s3://pictures/p/b/c.jpg"};
          case ALL ->
              new String[] {
                "c.jpg <- s3://pictures/p/b/c.jpg",
                "c.tif <- s3://pictures/p/c.tif",
                "c.png <- s3://pictures/p/x/c.png"
              };
        });
    pipeline.run();
  }

  @Test
  void itemsWithOneFileAreOneOrFail(TestPipeline pipeline) {
    put("p/a/x.png", "p/b/x.png", "p/y.tif", "p/c/Y.TIF");

    check(
        pipeline,
        MatchObjects.by(rules(Match.STEM, Ambiguous.FAIL, SaveAs.KEY), s3()),
        new String[] {"a/x.png", "b/x.png", "y.tif", "y.jpg", "y.jpg", "Y.TIF"},
        "t.csv line 1 <- ambiguous: its file x.png would be that of b/x.png"
            + " (s3://pictures/p/b/x.png) too"
            + KEEP_PATH,
        "t.csv line 2 <- ambiguous: its file x.png would be that of a/x.png"
            + " (s3://pictures/p/a/x.png) too"
            + KEEP_PATH,
        "t.csv line 3 <- ambiguous: its file y.tif would be that of y.jpg (s3://pictures/p/y.tif),"
            + " Y.TIF (s3://pictures/p/c/Y.TIF) too"
            + KEEP_PATH,
        "t.csv line 4 <- ambiguous: its file y.tif would be that of y.tif (s3://pictures/p/y.tif),"
            + " Y.TIF (s3://pictures/p/c/Y.TIF) too"
            + KEEP_PATH
            + " x2",
        "t.csv line 6 <- ambiguous: its file Y.TIF would be that of y.tif (s3://pictures/p/y.tif),"
            + " y.jpg (s3://pictures/p/y.tif) too"
            + KEEP_PATH);
    pipeline.run();
  }

  @Test
  void objectsOfOneNameNeedTheirFolders(TestPipeline pipeline) {
    put("p/a/x.png", "p/b/x.png");

    check(
        pipeline,
        MatchObjects.by(rules(Match.STEM, Ambiguous.ALL, SaveAs.KEY), s3()),
        new String[] {"x.jpg"},
        "t.csv line 1 <- ambiguous: its file x.png would be that of x.jpg"
            + " (s3://pictures/p/a/x.png) too"
            + KEEP_PATH,
        "t.csv line 1 <- ambiguous: its file x.png would be that of x.jpg"
            + " (s3://pictures/p/b/x.png) too"
            + KEEP_PATH);
    pipeline.run();
  }

  @Test
  void aFileThatWouldBeAFolderFails(TestPipeline pipeline) {
    put("p/X", "p/x/y/b.jpg", "p/x/y/a.jpg", "p/xx/c.jpg");

    check(
        pipeline,
        MatchObjects.by(DEFAULT, s3()).withNames(100_000),
        new String[] {"X", "x/y/b.jpg", "x/y/a.jpg", "xx/c.jpg"},
        "t.csv line 1 <- ambiguous: its file X would be the folder of x/y/b.jpg"
            + " (s3://pictures/p/x/y/b.jpg)",
        "x/y/b.jpg <- s3://pictures/p/x/y/b.jpg",
        "x/y/a.jpg <- s3://pictures/p/x/y/a.jpg",
        "xx/c.jpg <- s3://pictures/p/xx/c.jpg");
    pipeline.run();
  }

  @Test
  void failuresWithOneIdAreOneOrGetTheirRows(TestPipeline pipeline) {
    put("g/f/x.jpg");
    MatchRules all =
        new MatchRules(BUCKET, "", Match.STEM, Set.of(), Ambiguous.FAIL, SaveAs.NAME, false);

    check(
        pipeline,
        MatchObjects.by(all, s3()),
        new String[] {
          "f/z.jpg", "s3://pictures/f/z.jpg", "f/z.jpg", "s3://pictures/f/x.jpg", "f/x.jpg"
        },
        "f/z.jpg <- missing: no object below s3://pictures/ fits f/z.jpg x3",
        "t.csv line 4 <- missing: no object below s3://pictures/ fits s3://pictures/f/x.jpg",
        "f/x.jpg <- s3://pictures/g/f/x.jpg");
    pipeline.run();
  }

  @Test
  void namesOfOneObjectWithOneFileAreOneItem(TestPipeline pipeline) {
    put("p/y.tif");

    check(
        pipeline,
        MatchObjects.by(rules(Match.STEM, Ambiguous.FAIL, SaveAs.KEY), s3()),
        new String[] {"y.tif", "y.jpg", "y.jpg"},
        "y.tif <- s3://pictures/p/y.tif x3");
    pipeline.run();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 100_000, 2_000_000})
  void howManyNamesAreExpectedChangesNothing(long expected, TestPipeline pipeline) {
    put("p/a.jpg", "p/b.jpg", "p/c/a.jpg");

    check(
        pipeline,
        MatchObjects.by(DEFAULT, s3()).withNames(expected),
        new String[] {"a.jpg", "b.png", "z"},
        "a.jpg <- s3://pictures/p/a.jpg",
        "b.png <- s3://pictures/p/b.jpg",
        "z <- missing: no object below s3://pictures/p/ fits z");
    pipeline.run();
  }

  @Test
  void namesThatAreKeysCanBeAskedFor(TestPipeline pipeline) {
    put("p/a.jpg", "p/p/a.jpg", "p/d/b.jpg", "q/c.jpg");

    check(
        pipeline,
        MatchObjects.by(rules(Match.KEY, Ambiguous.FAIL, SaveAs.NAME), s3())
            .withLookup(Lookup.HEAD)
            .withNames(3),
        new String[] {"a.jpg", "d/b.jpg", "b.jpg", "s3://pictures/p/d/b.jpg", "p/a.jpg", "d/b.jpg"},
        "a.jpg <- s3://pictures/p/a.jpg",
        "d/b.jpg <- s3://pictures/p/d/b.jpg x2",
        "b.jpg <- missing: no object below s3://pictures/p/ fits b.jpg",
        "p/d/b.jpg <- s3://pictures/p/d/b.jpg",
        "p/a.jpg <- ambiguous: 2 objects fit p/a.jpg: p/a.jpg, p/p/a.jpg");
    pipeline.run();
  }

  private static RunAbortedException aborted(TestPipeline pipeline) {
    PipelineExecutionException thrown =
        assertThrows(PipelineExecutionException.class, pipeline::run);
    return assertInstanceOf(RunAbortedException.class, thrown.getCause());
  }

  @ParameterizedTest
  @EnumSource(
      value = Lookup.class,
      names = {"LIST", "HEAD"})
  void aBucketThatIsNotThereEndsTheRun(Lookup lookup, TestPipeline pipeline) {
    MatchRules elsewhere =
        new MatchRules("nowhere", "p/", Match.KEY, Set.of(), Ambiguous.FAIL, SaveAs.NAME, false);
    names(pipeline, "a.jpg").apply(MatchObjects.by(elsewhere, s3()).withLookup(lookup));

    String message = aborted(pipeline).getMessage();

    assertThat(message, containsString("s3://nowhere/p/: there is no such bucket"));
    assertThat(message, containsString("Check --bucket and --endpoint."));
  }

  @ParameterizedTest
  @EnumSource(
      value = Lookup.class,
      names = {"LIST", "HEAD"})
  void refusedCredentialsEndTheRun(Lookup lookup, TestPipeline pipeline) {
    S3Settings stranger =
        s3().toBuilder().setCredentials(new StaticCredentials("NOBODY", "secret", null)).build();
    names(pipeline, numbered(LookSession.MOST_REFUSED))
        .apply(
            MatchObjects.by(rules(Match.KEY, Ambiguous.FAIL, SaveAs.NAME), stranger)
                .withLookup(lookup));

    String message = aborted(pipeline).getMessage();

    assertThat(message, containsString("InvalidAccessKeyId"));
    assertThat(message, containsString("They were given to this command: give it new ones."));
  }

  private static String[] numbered(int names) {
    return IntStream.range(0, names).mapToObj(i -> i + ".jpg").toArray(String[]::new);
  }

  @ParameterizedTest
  @EnumSource(
      value = Lookup.class,
      names = {"LIST", "HEAD"})
  @ExtendWith(NoCredentials.class)
  void absentCredentialsEndTheRun(Lookup lookup, TestPipeline pipeline) {
    S3Settings nobody = s3().toBuilder().setCredentials(null).build();
    names(pipeline, "a.jpg")
        .apply(
            MatchObjects.by(rules(Match.KEY, Ambiguous.FAIL, SaveAs.NAME), nobody)
                .withLookup(lookup));

    String message = aborted(pipeline).getMessage();

    assertThat(message, containsString("no AWS credentials were found"));
    assertThat(
        message, containsString("Provide credentials and run the same command again: it goes on."));
    assertThat(server.requests().size(), is(0));
  }

  private static final String RENEWAL =
      "Renew the credentials and run the same command again: it goes on. They were given to this"
          + " command: give it new ones.";

  @ParameterizedTest
  @EnumSource(
      value = Lookup.class,
      names = {"LIST", "HEAD"})
  void expiredCredentialsEndTheRun(Lookup lookup, TestPipeline pipeline) {
    server.bucket(BUCKET, Access.EXPIRED);
    names(pipeline, "a.jpg")
        .apply(
            MatchObjects.by(rules(Match.KEY, Ambiguous.FAIL, SaveAs.NAME), s3())
                .withLookup(lookup));

    String message = aborted(pipeline).getMessage();

    assertThat(message, containsString(RENEWAL));
  }

  @Test
  void aRefusedNameFailsAlone(TestPipeline pipeline) {
    put("p/00.jpg");
    List<String> names = new ArrayList<>(List.of("00.jpg", "p/00.jpg"));
    List<String> lines = new ArrayList<>();
    lines.add("00.jpg <- s3://pictures/p/00.jpg");
    lines.add("p/00.jpg <- s3://pictures/p/00.jpg");
    for (int i = 10; i < 10 + 2 * LookSession.MOST_REFUSED; i++) {
      names.add(i + ".jpg");
      lines.add(
          i
              + ".jpg <- denied: s3://pictures/p/"
              + i
              + ".jpg: access denied (AccessDenied, status 403). Where the credentials may not list"
              + " the bucket (s3:ListBucket), an object that is not there gives the same answer.");
      server.always(BUCKET, "p/" + i + ".jpg", Fault.error(403, "AccessDenied"));
    }
    server.always(BUCKET, "p/p/00.jpg", Fault.error(403, "AccessDenied"));

    check(
        pipeline,
        MatchObjects.by(rules(Match.KEY, Ambiguous.FAIL, SaveAs.NAME), s3())
            .withLookup(Lookup.HEAD)
            .withNames(3),
        names.toArray(String[]::new),
        lines.toArray(String[]::new));
    pipeline.run();
  }

  @ParameterizedTest
  @EnumSource(
      value = Lookup.class,
      names = {"LIST", "HEAD"})
  void namesThatAreTooLongForKeysAreNotAskedFor(Lookup lookup, TestPipeline pipeline) {
    String longest = "é".repeat(511);
    put("p/" + longest);

    check(
        pipeline,
        MatchObjects.by(rules(Match.KEY, Ambiguous.FAIL, SaveAs.KEY), s3()).withLookup(lookup),
        new String[] {longest + "e", "s3://pictures/p/" + longest + "e", "p/" + longest},
        "t.csv line 1 <- bad_row: its key would have 1025 bytes, and one has at most 1024",
        "t.csv line 2 <- bad_row: its key would have 1025 bytes, and one has at most 1024",
        "t.csv line 3 <- bad_name: A file name has at most 255 bytes, not 1022: "
            + "é".repeat(40)
            + "…");
    pipeline.run();

    assertThat(server.requests().size(), is(1));
  }

  @Test
  void aNameThatGetsNoAnswerFails(TestPipeline pipeline) {
    put("p/a.jpg", "p/b.jpg");
    server.always(BUCKET, "p/b.jpg", Fault.status(503));

    PAssert.that(
            names(pipeline, "a.jpg", "b.jpg")
                .apply(
                    MatchObjects.by(rules(Match.KEY, Ambiguous.FAIL, SaveAs.NAME), s3())
                        .withLookup(Lookup.HEAD)))
        .satisfies(
            outcomes -> {
              TreeSet<String> found = new TreeSet<>();
              for (Outcome outcome : outcomes) {
                Failure failure = outcome.getFailure();
                found.add(
                    outcome.getItem().getId()
                        + (failure == null
                            ? ""
                            : " " + failure.getFailureClass() + " " + failure.getAttempts()));
              }
              assertThat(List.copyOf(found), is(List.of("a.jpg", "b.jpg THROTTLED 3")));
              return null;
            });
    pipeline.run();
  }

  @Test
  void onlyKeysAreAskedFor() {
    MatchObjects step = MatchObjects.by(DEFAULT, s3());

    assertThrows(IllegalArgumentException.class, () -> step.withLookup(Lookup.HEAD));
  }

  @Test
  void whatIsMatchedIsShown() {
    List<Object> values = new ArrayList<>();
    DisplayData.from(MatchObjects.by(DEFAULT, s3()).withNames(7))
        .items()
        .forEach(item -> values.add(item.getValue()));

    assertThat(Set.copyOf(values), is(Set.of(BUCKET, "p/", "STEM", "FAIL", "LIST", 7L)));
  }
}
