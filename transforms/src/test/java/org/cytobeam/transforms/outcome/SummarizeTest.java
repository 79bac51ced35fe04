package org.cytobeam.transforms.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.transforms.Runs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
final class SummarizeTest {

  private static final Outcome DONE =
      pending("a.png")
          .done(
              StoredFile.of("a.png", 99, Rows.HASH),
              Rows.facts("a.png").toBuilder().setFiles(List.of()).build());
  private static final Outcome MISSING =
      pending("b.png")
          .failed(Failure.of("FetchS3Bytes", FailureClass.MISSING, "=cmd()|'!A0 \"b\"", 1));

  @TempDir Path root;

  private static Outcome pending(String id) {
    return Outcome.pending(Rows.item(id));
  }

  private PCollectionTuple summarize(
      TestPipeline pipeline, int run, JobTables job, Outcome... outcomes) {
    PCollection<Outcome> written =
        pipeline.apply(Create.of(List.of(outcomes)).withCoder(OutcomeCoder.of()));
    return written.apply(Summarize.of(Runs.into(root, run), job));
  }

  private PCollectionTuple summarize(TestPipeline pipeline, int run, Outcome... outcomes) {
    return summarize(pipeline, run, JobTables.none(), outcomes);
  }

  private Destination folder() throws IOException {
    return Destinations.open(Runs.folder(root, 9));
  }

  private Map<String, ManifestRow> manifest() throws IOException {
    try (Destination folder = folder()) {
      return Manifest.read(folder).byId();
    }
  }

  private ManifestRow row(String id) throws IOException {
    return Optional.ofNullable(manifest().get(id)).orElseThrow();
  }

  private RunSummary storedSummary(int run) throws IOException {
    return RunSummary.read(
        new ByteArrayInputStream(
            Files.readAllBytes(root.resolve(RunFolder.ofRun(Runs.id(run), RunSummary.FILE)))));
  }

  private String text(String path) throws IOException {
    return Files.readString(root.resolve(path), UTF_8);
  }

  private void writeManifest(ManifestRow... rows) throws IOException {
    SortedMap<String, ManifestRow> byId = new TreeMap<>();
    for (ManifestRow row : rows) {
      byId.put(row.getItem().getId(), row);
    }
    try (Destination folder = folder()) {
      new Manifest(byId, List.of()).write(folder, List.of());
    }
  }

  private static void assertOnly(PCollection<RunSummary> summaries, RunSummary expected) {
    PAssert.that(
            summaries.apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(summary -> withoutTime(summary).toString())))
        .containsInAnyOrder(expected.toString());
  }

  private static RunSummary withoutTime(RunSummary summary) {
    return summary.toBuilder().setEndedAt(0).build();
  }

  private static ManifestRow withoutTime(ManifestRow row) {
    return ManifestRow.of(
        row.getItem(), row.getFacts(), row.getFailure(), row.getOptionsHash(), row.getRun(), 0);
  }

  @Test
  void resultsFailuresAndTheSummaryComeOut(TestPipeline pipeline) throws IOException {
    writeManifest(Rows.done("c.png", 1000));
    Outcome before = pending("c.png").alreadyDone();

    PCollectionTuple out = summarize(pipeline, 3, DONE, MISSING, before);

    RunSummary expected =
        RunSummary.builder()
            .setRun(Runs.id(3).value())
            .setItems(3)
            .setDone(1)
            .setAlreadyDone(1)
            .setFailedByClass(Map.of("missing", 1L))
            .setBytesFetched(1234)
            .setBytesWritten(99)
            .setBytesAlreadyDone(99 + 1234)
            .setBytesFailedByClass(Map.of("missing", 0L))
            .setSteps(Map.of("FetchS3Bytes", Distribution.of(1, 1.5, 1.5, 1.5, 1.5, 1.5)))
            .build();
    PAssert.that(out.get(Summarize.RESULTS)).containsInAnyOrder(DONE, before);
    PAssert.that(out.get(Summarize.FAILURES)).containsInAnyOrder(MISSING);
    assertOnly(out.get(Summarize.SUMMARY), expected);
    pipeline.run();
    assertThat(storedSummary(3).getEndedAt(), is(greaterThan(0L)));
    assertThat(withoutTime(storedSummary(3)), is(expected));
  }

  @Test
  void theManifestHasOneRowAnItem(TestPipeline pipeline) throws IOException {
    summarize(pipeline, 3, DONE, MISSING, DONE);
    pipeline.run();

    Map<String, ManifestRow> rows = manifest();

    assertThat(List.copyOf(rows.keySet()), contains("a.png", "b.png"));
    assertThat(
        withoutTime(row("a.png")),
        is(
            ManifestRow.of(
                DONE.getItem(), DONE.getFacts(), null, Runs.OPTIONS, Runs.id(3).value(), 0)));
    assertThat(row("b.png").getFailure(), is(MISSING.getFailure()));
    assertThat(
        text(RunFolder.MANIFEST_LINES).lines().map(ManifestJson::row).toList(),
        is(List.copyOf(rows.values())));
    assertThat(
        text(RunFolder.FAILURE_LINES).lines().map(ManifestJson::row).toList(),
        contains(row("b.png")));
    assertThat(storedSummary(3).getItems(), is(2L));
  }

  @Test
  void failuresAreATableThatNoSpreadsheetRuns(TestPipeline pipeline) throws IOException {
    summarize(pipeline, 3, DONE, MISSING);
    pipeline.run();

    List<String> lines = text(RunFolder.FAILURES).lines().toList();

    assertThat(
        lines.get(0),
        is("class,retryable,uri,message,step,attempts,channel,plate,input,id,run,at"));
    String at = lines.get(1).substring(lines.get(1).lastIndexOf(',') + 1);
    assertThat(
        lines.get(1),
        is(
            "missing,false,s3://bucket/b.png,\"'=cmd()|'!A0 \"\"b\"\"\",FetchS3Bytes,1,DNA,0012,"
                + "table.csv line 2,b.png,20260101T000000Z-00000003,"
                + at));
    assertThat(lines.size(), is(2));
    assertThat(java.time.Instant.parse(at).toString(), is(at));
  }

  @Test
  void nothingAtAllStillGivesTables(TestPipeline pipeline) throws IOException {
    PCollectionTuple out = summarize(pipeline, 3);

    RunSummary none = RunSummary.builder().setRun(Runs.id(3).value()).build();
    assertOnly(out.get(Summarize.SUMMARY), none);
    PAssert.that(out.get(Summarize.RESULTS)).empty();
    PAssert.that(out.get(Summarize.FAILURES)).empty();
    pipeline.run();
    assertThat(manifest().keySet(), is(empty()));
    assertThat(
        text(RunFolder.FAILURES),
        is("class,retryable,uri,message,step,attempts,input,id,run,at\n"));
    assertThat(text(RunFolder.WARNINGS), is("kind,subject,message\n"));
  }

  @Test
  void journalsOfThisRunAndOfDeadOnesAreMergedAndRemoved(TestPipeline pipeline) throws IOException {
    try (Destination folder = folder();
        Journal dead = new Journal(folder, Runs.into(root, 1));
        Journal own = new Journal(folder, Runs.into(root, 3))) {
      dead.append(pending("dead.png").done(StoredFile.of("dead.png", 5, Rows.HASH), Facts.none()));
      own.append(DONE);
    }
    summarize(pipeline, 3, DONE);
    pipeline.run();

    assertThat(List.copyOf(manifest().keySet()), contains("a.png", "dead.png"));
    assertThat(row("dead.png").getRun(), is(Runs.id(1).value()));
    try (Destination folder = folder()) {
      assertThat(folder.list(RunFolder.JOURNAL), is(empty()));
    }
    assertThat(storedSummary(3).getItems(), is(1L));
  }

  @Test
  void whatWasAlreadyDoneKeepsItsFacts(TestPipeline pipeline) throws IOException {
    ManifestRow before = Rows.done("c.png", 1000);
    writeManifest(before);
    summarize(pipeline, 3, pending("c.png").alreadyDone());
    pipeline.run();

    assertThat(row("c.png"), is(before));
    assertThat(storedSummary(3).getAlreadyDone(), is(1L));
    assertThat(storedSummary(3).getBytesFetched(), is(0L));
  }

  @Test
  void whatWasAlreadyDoneTakesTheKeysThatItsRowHasNow(TestPipeline pipeline) throws IOException {
    writeManifest(Rows.done("c.png", 1000));
    Item moved = Item.of("c.png", "s3://bucket/c.png", "new.csv line 7", Map.of("job_id", "new"));
    summarize(pipeline, 3, Outcome.pending(moved).alreadyDone());
    pipeline.run();

    assertThat(row("c.png").getItem(), is(moved));
    assertThat(row("c.png").getFacts(), is(Rows.facts("c.png")));
    assertThat(row("c.png").getRun(), is(Runs.id(1).value()));
  }

  @Test
  void aFailureOfThisRunReplacesWhatWasDoneBefore(TestPipeline pipeline) throws IOException {
    writeManifest(Rows.done("b.png", 1000), Rows.done("c.png", 1000));
    summarize(pipeline, 3, MISSING);
    pipeline.run();

    assertThat(row("b.png").getFailure(), is(MISSING.getFailure()));
    assertThat(row("c.png"), is(Rows.done("c.png", 1000)));
  }

  @Test
  void whatFailedBeforeIsReplacedByWhatIsDone(TestPipeline pipeline) throws IOException {
    writeManifest(Rows.failed("a.png", 1000), Rows.failed("z.png", 1000));
    summarize(pipeline, 3, DONE);
    pipeline.run();

    assertThat(row("a.png").done(), is(true));
    assertThat(text(RunFolder.FAILURE_LINES).lines().count(), is(1L));
    assertThat(storedSummary(3).failed(), is(0L));
  }

  @Test
  void ofTwoEndsOfOneItemDoneCounts(TestPipeline pipeline) throws IOException {
    Outcome alsoFailed =
        pending("a.png").failed(Failure.of("Step", FailureClass.TIMEOUT, "too slow", 5));
    summarize(pipeline, 3, alsoFailed, DONE, alsoFailed);
    pipeline.run();

    assertThat(row("a.png").done(), is(true));
    assertThat(storedSummary(3).getDone(), is(1L));
  }

  @Test
  void theJobAddsWarningsAndTablesOfItsOwn(TestPipeline pipeline) throws IOException {
    writeManifest(Rows.done("c.png", 1000));
    summarize(pipeline, 3, new ListOfIds(Runs.folder(root, 3)), DONE, MISSING);
    pipeline.run();

    assertThat(text("ids.txt"), is("all [a.png, b.png, c.png], of the run [a.png, b.png]"));
    assertThat(text(RunFolder.WARNINGS), is("kind,subject,message\nodd,a.png,'=1+1\n"));
    assertThat(storedSummary(3).getWarningsByKind(), is(Map.of("odd", 1L)));
  }

  @Test
  void aSecondRunOfTheSameWorkChangesNothing(TestPipeline pipeline) throws IOException {
    ManifestRow before = Rows.done("c.png", 1000);
    writeManifest(before, Rows.failed("d.png", 1000));
    byte[] table = Files.readAllBytes(root.resolve(RunFolder.MANIFEST));
    summarize(pipeline, 3, pending("c.png").alreadyDone());
    pipeline.run();

    assertThat(Files.readAllBytes(root.resolve(RunFolder.MANIFEST)), is(table));
  }

  @Test
  void theFolderIsShown() {
    List<Object> values = new ArrayList<>();
    DisplayData.from(Summarize.of(Runs.into(root, 1), JobTables.none()))
        .items()
        .forEach(item -> values.add(item.getValue()));

    assertThat(values, hasItem(root.toString()));
  }

  private record ListOfIds(org.cytobeam.io.destination.DestinationSettings folder)
      implements JobTables {

    private static final long serialVersionUID = 1L;

    @Override
    public List<Warning> warnings(MergedRows rows) {
      return List.of(Warning.of("odd", "a.png", "=1+1"));
    }

    @Override
    public List<StoredFile> write(MergedRows rows) throws IOException {
      List<String> all = rows.all().stream().map(row -> row.getItem().getId()).toList();
      String text = "all " + all + ", of the run " + rows.ofRun().stream().sorted().toList();
      try (Destination destination = Destinations.open(folder)) {
        return List.of(StoredFile.of("ids.txt", destination.put("ids.txt", text.getBytes(UTF_8))));
      }
    }
  }
}
