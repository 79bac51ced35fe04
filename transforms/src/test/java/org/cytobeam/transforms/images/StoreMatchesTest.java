package org.cytobeam.transforms.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.s3.ListedObject;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.testing.s3.S3TestServer;
import org.cytobeam.transforms.Runs;
import org.cytobeam.transforms.images.MatchRules.Ambiguous;
import org.cytobeam.transforms.images.MatchRules.Match;
import org.cytobeam.transforms.images.MatchRules.SaveAs;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.ItemSet;
import org.cytobeam.transforms.outcome.Journal;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.outcome.StoredFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
final class StoreMatchesTest {

  private static final List<String> TABLES = List.of("/z/first.csv", "/a/second.csv");

  private static final MatchedItems ITEMS =
      new MatchedItems(
          new MatchRules("bucket", "", Match.STEM, Set.of(), Ambiguous.FAIL, SaveAs.NAME, false));

  @TempDir Path root;

  private static MergedName name(String name, int table, int line, long rows) {
    return new MergedName(name, TABLES.get(table) + " line " + line, rows);
  }

  private static Outcome found(MergedName name, String... keys) {
    Candidates candidates = new Candidates(20);
    Arrays.stream(keys).forEach(key -> candidates.add(new ListedObject(key, 10, "tag", 0)));
    return ITEMS.found(name, candidates).get(0);
  }

  private static List<Outcome> some() {
    List<Outcome> some = new ArrayList<>();
    some.add(found(name("a.jpg", 0, 1, 3), "a.jpg"));
    some.add(found(name("b.jpg", 1, 2, 1), "b.png"));
    some.add(found(name("c.jpg", 1, 3, 1), "c.png", "c.tif"));
    some.add(found(name("x".repeat(256), 1, 4, 1), "x.png"));
    some.add(ITEMS.unanswered(name("late.jpg", 1, 5, 2), FailureClass.TIMEOUT, "took too long", 3));
    some.add(MatchedItems.badRow(ListedName.of("", TABLES.get(1) + " line 6", "empty"), "empty"));
    for (int line = 12; line > 0; line--) {
      some.add(ITEMS.missing(name("gone" + line, 0, line * 70_000, 1)));
    }
    some.add(ITEMS.missing(name("two\nlines", 1, 1, 1)));
    return some;
  }

  private static MatchAnalysis expected() {
    return MatchAnalysis.builder()
        .setRows(22)
        .setNames(19)
        .setAvailable(2)
        .setMissing(13)
        .setAmbiguous(1)
        .setBadNames(2)
        .setUnanswered(1)
        .setToFetch(2)
        .setBytesToFetch(20)
        .setMissingNames(
            List.of(
                "gone1", "gone2", "gone3", "gone4", "gone5", "gone6", "gone7", "gone8", "gone9",
                "gone10"))
        .setAmbiguousNames(List.of("2 objects fit c.jpg: c.png, c.tif"))
        .build();
  }

  private void store(TestPipeline pipeline, List<Outcome> outcomes, MatchAnalysis expected) {
    PAssert.thatSingleton(
            pipeline
                .apply(Create.of(outcomes).withCoder(OutcomeCoder.of()))
                .apply(StoreMatches.into(Runs.into(root, 1)).withTables(TABLES)))
        .isEqualTo(expected);
    pipeline.run();
  }

  private DestinationSettings plan() {
    return Runs.folder(root, 1);
  }

  private static String folder() {
    return "_cytobeam/runs/" + Runs.id(1) + "/matches";
  }

  @Test
  void aPlanIsSummedUpAndReadAgain(TestPipeline pipeline) throws Exception {
    store(pipeline, some(), expected());

    try (Destination destination = Destinations.open(plan())) {
      assertThat(MatchAnalysis.read(destination, folder()), is(expected()));
    }
    assertThat(
        Files.readString(root.resolve(folder()).resolve("missing.txt")),
        is(
            "gone1\ngone2\ngone3\ngone4\ngone5\ngone6\ngone7\ngone8\ngone9\ngone10\ngone11\n"
                + "gone12\ntwo\\nlines\n"));
    TestPipeline second = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    PAssert.that(second.apply(ReadMatches.from(plan(), folder()))).containsInAnyOrder(some());
    second.run();
  }

  @Test
  void aPlanIsTheSameEachTime(TestPipeline pipeline) throws Exception {
    store(pipeline, some(), expected());
    List<String> before = files();
    List<Outcome> reversed = new ArrayList<>(some());
    Collections.reverse(reversed);

    store(TestPipeline.create().enableAbandonedNodeEnforcement(false), reversed, expected());

    assertThat(files(), is(before));
  }

  private List<String> files() throws Exception {
    List<String> files = new ArrayList<>();
    try (var walk = Files.walk(root.resolve(folder()))) {
      for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
        files.add(file + " " + HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  @Test
  void withoutNamesThereIsAnAnalysisToo(TestPipeline pipeline) throws Exception {
    store(pipeline, List.of(), MatchAnalysis.builder().build());

    assertThat(Files.readString(root.resolve(folder()).resolve("missing.txt")), is(""));
    TestPipeline second = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    PAssert.that(second.apply(ReadMatches.from(plan(), folder()))).empty();
    second.run();
  }

  @Test
  void whatIsDoneIsCounted(TestPipeline pipeline) throws Exception {
    Outcome done = found(name("a.jpg", 0, 1, 1), "a.jpg");
    Outcome cut = found(name("b.jpg", 0, 2, 1), "b.jpg");
    RunSettings before = Runs.into(root, 2);
    try (Destination destination = Destinations.open(before.destination());
        Journal journal = new Journal(destination, before)) {
      for (Outcome outcome : List.of(done, cut)) {
        String id = outcome.getItem().getId();
        journal.append(
            outcome.done(StoredFile.of(id, destination.put(id, new byte[10])), outcome.getFacts()));
      }
      destination.put("b.jpg", new byte[9]);
    }

    store(
        pipeline,
        List.of(done, cut, found(name("c.jpg", 0, 3, 1), "c.jpg")),
        MatchAnalysis.builder()
            .setRows(3)
            .setNames(3)
            .setAvailable(3)
            .setAlreadyDone(1)
            .setBytesDone(10)
            .setToFetch(2)
            .setBytesToFetch(20)
            .build());
  }

  /** What an earlier downloader has left must neither be asked room for nor be announced. */
  @Test
  void whatAnEarlierDownloaderLeftIsCountedIfItsLengthAgrees(TestPipeline pipeline)
      throws Exception {
    Files.write(root.resolve("a.jpg"), new byte[10]);
    Files.write(root.resolve("b.jpg"), new byte[9]);
    Files.write(root.resolve("d.jpg"), new byte[10]);
    List<Outcome> found = new ArrayList<>();
    for (String id : List.of("a.jpg", "b.jpg", "c.jpg", "d.jpg")) {
      found.add(found(name(id, 0, 1, 1), id));
    }

    PAssert.thatSingleton(
            pipeline
                .apply(Create.of(found).withCoder(OutcomeCoder.of()))
                .apply(
                    StoreMatches.into(Runs.into(root, 1))
                        .withDownloaded(ItemSet.of(List.of("a.jpg", "b.jpg", "c.jpg")))))
        .isEqualTo(
            MatchAnalysis.builder()
                .setRows(4)
                .setNames(4)
                .setAvailable(4)
                .setAlreadyDone(1)
                .setEarlier(1)
                .setBytesDone(10)
                .setToFetch(3)
                .setBytesToFetch(30)
                .build());
    pipeline.run();
  }

  /** Each needs a request in a bucket: four answers come only once four are asked for. */
  @Test
  void whatIsDoneInABucketIsLookedForAtOnce(TestPipeline pipeline) throws Exception {
    try (S3TestServer server = S3TestServer.start().bucket("out")) {
      S3Settings s3 =
          S3Settings.builder()
              .setEndpoint(server.endpoint())
              .setRegion(S3TestServer.REGION)
              .setAnonymous(true)
              .setMaxAttempts(1)
              .build();
      List<Outcome> found = new ArrayList<>();
      RunSettings before = intoBucket(2, s3);
      try (Destination destination = Destinations.open(before.destination());
          Journal journal = new Journal(destination, before)) {
        for (int i = 0; i < 4; i++) {
          Outcome outcome = found(name("x" + i, 0, i + 1, 1), "x" + i);
          String id = outcome.getItem().getId();
          StoredFile file = StoredFile.of(id, destination.put(id, new byte[10]));
          journal.append(outcome.done(file, outcome.getFacts()));
          found.add(outcome);
        }
      }
      server.holdUntilOpen("HEAD", "out", "run/x", 4);

      PAssert.thatSingleton(
              pipeline
                  .apply(Create.of(found).withCoder(OutcomeCoder.of()))
                  .apply(StoreMatches.into(intoBucket(1, s3)).withNames(1)))
          .satisfies(
              analysis -> {
                assertThat(analysis.getAlreadyDone(), is(4L));
                return null;
              });
      pipeline.run();
    }
  }

  private static RunSettings intoBucket(int run, S3Settings s3) {
    DestinationSettings out =
        new DestinationSettings("s3://out/run", Runs.id(run), Durability.RUN, s3);
    return new RunSettings(out, Runs.OPTIONS, Check.SHA256, false);
  }

  @Test
  void aPlanThatWasNeverFinishedIsNone(TestPipeline pipeline) {
    pipeline.apply(ReadMatches.from(plan(), folder()));

    assertThrows(PipelineExecutionException.class, pipeline::run);
  }

  @Test
  void anAnalysisComesBackFromItsJson() {
    MatchAnalysis all =
        expected().toBuilder()
            .setClashes(4)
            .setAlreadyDone(5)
            .setEarlier(2)
            .setBytesDone(6)
            .setClashingNames(
                List.of(ClashingName.of("a: b", "its file a: b would be that of x: y too")))
            .build()
            .withLookup(Lookup.LIST, 7, 8);

    assertThat(MatchAnalysis.fromJson(all.toJson()), is(all));
    assertThat(all.toJson().path("lookup").asText(), is("list"));
    assertThat(all.toJson().path("duplicates").asLong(), is(3L));
  }
}
