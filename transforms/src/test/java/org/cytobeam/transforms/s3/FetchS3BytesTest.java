package org.cytobeam.transforms.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.io.s3.StaticCredentials;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.RecordedRequest;
import org.cytobeam.testing.s3.S3TestServer;
import org.cytobeam.transforms.Runs;
import org.cytobeam.transforms.Timeless;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Journal;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.outcome.StoredFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
final class FetchS3BytesTest {

  private static final String GALLERY = "cellpainting-gallery";
  private static final byte[] IMAGE = "the bytes of an image".getBytes(UTF_8);
  private static final int TIMES_IN_A_ROW = 50;

  @TempDir Path root;

  private S3TestServer server;

  @BeforeEach
  void start() {
    server = S3TestServer.start().bucket(GALLERY, Access.UNSIGNED);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private S3Settings s3(int maxAttempts) {
    return S3Settings.builder()
        .setEndpoint(server.endpoint())
        .setRegion(S3TestServer.REGION)
        .setMaxAttempts(maxAttempts)
        .setRetryDelay(Duration.ofMillis(1))
        .setMaxRetryDelay(Duration.ofMillis(5))
        .build();
  }

  private FetchS3Bytes fetch(RunSettings run) {
    return FetchS3Bytes.of(run, s3(3)).withMaxBytes(1000);
  }

  private static Outcome pending(String id, String uri) {
    return Outcome.pending(Item.of(id, uri, "t.csv line 2", Map.of()));
  }

  private static Outcome inGallery(String id) {
    return pending(id, "s3://" + GALLERY + "/" + id);
  }

  private static Facts facts(String etag, String integrity, int attempts) {
    return Facts.none().toBuilder()
        .setEtag(etag)
        .setIntegrity(integrity)
        .setSourceBytes(IMAGE.length)
        .setAttempts(attempts)
        .build();
  }

  private static PCollection<Outcome> apply(
      TestPipeline pipeline, FetchS3Bytes step, List<Outcome> items) {
    return pipeline
        .apply(Create.of(items).withCoder(OutcomeCoder.of()))
        .apply(step)
        .apply(Timeless.outcomes());
  }

  /** Hands all items to the step in one bundle and in their order. */
  private static PCollection<Outcome> applyInOrder(
      TestPipeline pipeline, FetchS3Bytes step, List<Outcome> items) {
    return pipeline
        .apply(Create.of(List.of(items)).withCoder(ListCoder.of(OutcomeCoder.of())))
        .apply(Flatten.iterables())
        .setCoder(OutcomeCoder.of())
        .apply(step);
  }

  @Test
  void whatCanBeHadComesWithItsProof(TestPipeline pipeline) throws Exception {
    String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(IMAGE));
    server.put(GALLERY, "parts.tif", IMAGE, md5 + "-2");
    server.put(GALLERY, "a b#1.tif", IMAGE);
    server.script(GALLERY, "a b#1.tif", Fault.status(503), Fault.status(500));
    Path file = Files.write(root.resolve("x 1.tif"), IMAGE);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
    Outcome ended = pending("z", "s3://x/y").failed(Failure.of("S", FailureClass.DENIED, "no", 1));
    Outcome late = inGallery("a b#1.tif");
    Outcome parts = inGallery("parts.tif");
    Outcome local = pending("local", file.toUri().toString());

    PCollection<Outcome> out =
        apply(pipeline, fetch(Runs.into(root, 1)), List.of(late, parts, local, ended));

    String identity = IMAGE.length + "-1700000000000000000";
    PAssert.that(out)
        .containsInAnyOrder(
            late.withBytes(IMAGE, facts(md5, "etag_md5", 3)),
            parts.withBytes(IMAGE, facts(md5 + "-2", "length", 1)),
            local.withBytes(IMAGE, facts(identity, "length", 1)),
            ended);
    List<String> counts = new ArrayList<>();
    for (MetricResult<Long> counter : pipeline.run().metrics().allMetrics().getCounters()) {
      counts.add(counter.getName().getName() + " " + counter.getAttempted());
    }

    assertThat(
        counts, hasItems("items_fetched 3", "retries 2", "bytes_fetched " + 3 * IMAGE.length));
    assertThat(server.requests().stream().anyMatch(RecordedRequest::signed), is(false));
  }

  @Test
  void whatCantBeHadFailsByItsClass(TestPipeline pipeline) {
    server.put(GALLERY, "long.tif", new byte[1001]);
    server.put(GALLERY, "damaged.tif", IMAGE);
    server.always(GALLERY, "damaged.tif", Fault.flipBit(3));
    server.put(GALLERY, "broken.tif", IMAGE);
    server.always(GALLERY, "broken.tif", Fault.closeAfter(5));
    server.always(GALLERY, "denied.tif", Fault.status(403));
    server.always(GALLERY, "slow.tif", Fault.status(503));
    server.always(GALLERY, "ill.tif", Fault.status(500));
    Map<String, String> expected = new TreeMap<>();
    expected.put("missing.tif", "missing 1");
    expected.put("denied.tif", "denied 1");
    expected.put("long.tif", "too_large 1");
    expected.put("damaged.tif", "checksum 3");
    expected.put("broken.tif", "truncated 3");
    expected.put("slow.tif", "throttled 3");
    expected.put("ill.tif", "source_error 3");
    List<Outcome> items = new ArrayList<>();
    expected.keySet().forEach(id -> items.add(inGallery(id)));
    items.add(pending("no address", "gopher://host/x"));
    expected.put("no address", "bad_row 1");
    items.add(pending("no file", root.resolve("gone.tif").toUri().toString()));
    expected.put("no file", "missing 1");

    PAssert.that(apply(pipeline, fetch(Runs.into(root, 1)), items))
        .satisfies(
            outcomes -> {
              Map<String, String> found = new TreeMap<>();
              for (Outcome outcome : outcomes) {
                Failure failure = outcome.requireFailure();
                assertThat(failure.getStep(), is("FetchS3Bytes"));
                assertThat(failure.getMessage(), containsString(outcome.getItem().getUri() + ": "));
                found.put(
                    outcome.getItem().getId(),
                    failure.getFailureClass().label() + " " + failure.getAttempts());
              }
              assertThat(found, is(expected));
              return null;
            });
    pipeline.run();
  }

  @Test
  void everyReasonHasAClass() {
    Map<FetchException.Reason, FailureClass> others =
        Map.of(
            FetchException.Reason.BAD_ADDRESS, FailureClass.BAD_ROW,
            FetchException.Reason.CREDENTIALS_EXPIRED, FailureClass.DENIED,
            FetchException.Reason.NO_CREDENTIALS, FailureClass.DENIED,
            FetchException.Reason.SERVER_ERROR, FailureClass.SOURCE_ERROR,
            FetchException.Reason.FAILED, FailureClass.SOURCE_ERROR);
    for (FetchException.Reason reason : FetchException.Reason.values()) {
      FailureClass expected = others.get(reason);
      assertThat(
          FetchFailures.classOf(reason),
          is(expected == null ? FailureClass.valueOf(reason.name()) : expected));
    }
  }

  @Test
  void credentialsThatHaveExpiredEndTheRun(TestPipeline pipeline) {
    server.bucket("own", Access.EXPIRED);
    S3Settings expired =
        s3(3).toBuilder().setCredentials(new StaticCredentials("key", "canary", "token")).build();
    apply(
        pipeline,
        FetchS3Bytes.of(Runs.into(root, 1), expired),
        List.of(pending("a.png", "s3://own/a.tif")));

    RunAbortedException aborted = aborted(pipeline);

    assertThat(aborted.getMessage(), containsString("Renew the credentials"));
    assertThat(aborted.toString().contains("canary"), is(false));
  }

  @Test
  void fiftyTransientFailuresInARowEndTheRun(TestPipeline pipeline) {
    List<Outcome> items = failing(TIMES_IN_A_ROW, "x");
    applyInOrder(pipeline, FetchS3Bytes.of(Runs.into(root, 1), s3(1)).withInFlight(1), items);

    assertThat(aborted(pipeline).getMessage(), containsString("50 requests in a row failed"));
  }

  @Test
  void anAnswerBetweenThemLetsTheRunGoOn(TestPipeline pipeline) {
    server.put(GALLERY, "sound.tif", IMAGE);
    List<Outcome> items = new ArrayList<>(failing(TIMES_IN_A_ROW - 1, "x"));
    items.add(inGallery("sound.tif"));
    items.addAll(failing(TIMES_IN_A_ROW - 1, "y"));
    items.add(inGallery("missing.tif"));
    items.addAll(failing(TIMES_IN_A_ROW - 1, "z"));

    PAssert.that(
            applyInOrder(
                pipeline, FetchS3Bytes.of(Runs.into(root, 1), s3(1)).withInFlight(1), items))
        .satisfies(
            outcomes -> {
              Map<String, Integer> ends = new TreeMap<>();
              for (Outcome outcome : outcomes) {
                Failure failure = outcome.getFailure();
                String end = failure == null ? "pending" : failure.getFailureClass().label();
                ends.merge(end, 1, Integer::sum);
              }
              assertThat(ends, is(Map.of("pending", 1, "missing", 1, "source_error", 147)));
              return null;
            });
    pipeline.run();
  }

  private List<Outcome> failing(int count, String prefix) {
    List<Outcome> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      server.always(GALLERY, prefix + i, Fault.status(500));
      items.add(inGallery(prefix + i));
    }
    return items;
  }

  private static RunAbortedException aborted(TestPipeline pipeline) {
    PipelineExecutionException thrown =
        assertThrows(PipelineExecutionException.class, pipeline::run);
    return assertInstanceOf(RunAbortedException.class, thrown.getCause());
  }

  /** Leaves an item as an earlier run has: its file and a line in the journal. */
  private void leaveDone(Outcome item, String... filesBeside) throws IOException {
    RunSettings run = Runs.into(root, 1);
    try (Destination destination = Destinations.open(run.destination());
        Journal journal = new Journal(destination, run)) {
      List<StoredFile> beside = new ArrayList<>();
      for (String path : filesBeside) {
        beside.add(StoredFile.of(path, destination.put(path, IMAGE)));
      }
      String id = item.getItem().getId();
      StoredFile file = StoredFile.of(id, destination.put(id, IMAGE));
      journal.append(item.done(file, Facts.none().toBuilder().setFiles(beside).build()));
    }
  }

  @Test
  void whatIsDoneAndProvenIsNotAskedFor(TestPipeline pipeline) throws IOException {
    List<Outcome> items =
        List.of(
            inGallery("sound"),
            inGallery("cut"),
            inGallery("flipped"),
            inGallery("deleted"),
            inGallery("moved"));
    for (Outcome item : items) {
      server.put(GALLERY, item.getItem().getId(), IMAGE);
      leaveDone(item);
    }
    Files.write(root.resolve("cut"), java.util.Arrays.copyOf(IMAGE, 5));
    flip(root.resolve("flipped"));
    Files.delete(root.resolve("deleted"));
    List<Outcome> again = new ArrayList<>(items.subList(0, 4));
    server.put(GALLERY, "elsewhere", IMAGE);
    again.add(pending("moved", "s3://" + GALLERY + "/elsewhere"));

    PAssert.that(apply(pipeline, fetch(Runs.into(root, 2)), again))
        .satisfies(
            outcomes -> {
              Map<String, String> status = new TreeMap<>();
              outcomes.forEach(o -> status.put(o.getItem().getId(), String.valueOf(o.getStatus())));
              assertThat(
                  status,
                  is(
                      Map.of(
                          "sound", "ALREADY_DONE",
                          "cut", "PENDING",
                          "flipped", "PENDING",
                          "deleted", "PENDING",
                          "moved", "PENDING")));
              return null;
            });
    pipeline.run();

    assertThat(server.requests(GALLERY, "sound"), is(empty()));
    assertThat(server.requests(GALLERY, "moved"), is(empty()));
    for (String key : List.of("cut", "flipped", "deleted", "elsewhere")) {
      assertThat(server.requests(GALLERY, key).size(), is(1));
    }
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] ^= 1;
    Files.write(file, bytes);
  }

  private void assertFetchedAgain(TestPipeline pipeline, RunSettings run, int requests)
      throws IOException {
    server.put(GALLERY, "a", IMAGE);
    leaveDone(inGallery("a"));
    apply(pipeline, fetch(run), List.of(inGallery("a")));
    pipeline.run();

    assertThat(server.requests(GALLERY, "a").size(), is(requests));
  }

  @Test
  void otherOptionsFetchAgain(TestPipeline pipeline) throws IOException {
    RunSettings run = new RunSettings(Runs.folder(root, 2), "other", Check.SHA256, false);
    assertFetchedAgain(pipeline, run, 1);
  }

  @Test
  void forceFetchesAgain(TestPipeline pipeline) throws IOException {
    RunSettings run = new RunSettings(Runs.folder(root, 2), Runs.OPTIONS, Check.SHA256, true);
    assertFetchedAgain(pipeline, run, 1);
  }

  @Test
  void bySizeAloneAFlippedBitIsNotSeen(TestPipeline pipeline) throws IOException {
    server.put(GALLERY, "a", IMAGE);
    leaveDone(inGallery("a"));
    flip(root.resolve("a"));
    RunSettings run = new RunSettings(Runs.folder(root, 2), Runs.OPTIONS, Check.SIZE, false);

    PAssert.that(apply(pipeline, fetch(run), List.of(inGallery("a"))))
        .containsInAnyOrder(inGallery("a").alreadyDone());
    pipeline.run();

    assertThat(server.requests(), is(empty()));
  }

  @Test
  void aSourceThatShallBeKeptMustBeThereToo(TestPipeline pipeline) throws IOException {
    Outcome kept = pending("kept.png", "s3://" + GALLERY + "/kept.tif");
    Outcome notKept = pending("bare.png", "s3://" + GALLERY + "/bare.tif");
    server.put(GALLERY, "kept.tif", IMAGE);
    server.put(GALLERY, "bare.tif", IMAGE);
    leaveDone(kept, "kept.tif");
    leaveDone(notKept);

    apply(pipeline, fetch(Runs.into(root, 2)).withSourceKept(true), List.of(kept, notKept));
    pipeline.run();

    assertThat(server.requests(GALLERY, "kept.tif"), is(empty()));
    assertThat(server.requests(GALLERY, "bare.tif").size(), is(1));
  }

  @Test
  void asManyRequestsAsAllowedAreInFlight(TestPipeline pipeline) {
    List<Outcome> items = inGallery("a", "b", "c", "d");
    items.forEach(item -> server.holdUntil(GALLERY, item.getItem().getId(), 4));

    assertAllFetched(
        pipeline,
        applyInOrder(pipeline, FetchS3Bytes.of(Runs.into(root, 1), s3(1)).withInFlight(4), items));
  }

  @Test
  void aSlowAnswerDoesNotHoldUpThoseBehindIt(TestPipeline pipeline) {
    List<Outcome> items = inGallery("slow", "a", "b", "c", "d");
    server.holdUntil(GALLERY, "slow", items.size());

    assertAllFetched(
        pipeline,
        applyInOrder(pipeline, FetchS3Bytes.of(Runs.into(root, 1), s3(1)).withInFlight(2), items));
  }

  private List<Outcome> inGallery(String... keys) {
    List<Outcome> items = new ArrayList<>();
    for (String key : keys) {
      server.put(GALLERY, key, IMAGE);
      items.add(inGallery(key));
    }
    return items;
  }

  private void assertAllFetched(TestPipeline pipeline, PCollection<Outcome> fetched) {
    PAssert.that(fetched)
        .satisfies(
            outcomes -> {
              outcomes.forEach(outcome -> assertThat(outcome.requireBytes(), is(IMAGE)));
              return null;
            });
    pipeline.run();
  }

  @Test
  void settingsAreCheckedAndShown() {
    FetchS3Bytes step = fetch(Runs.into(root, 1)).withInFlight(5);
    List<Object> values = new ArrayList<>();
    DisplayData.from(step).items().forEach(item -> values.add(item.getValue()));

    assertThat(values, hasItems(1000L, 5L, "SHA256"));
    assertThrows(IllegalArgumentException.class, () -> step.withInFlight(0));
    assertThrows(IllegalArgumentException.class, () -> step.withMaxBytes(0));
    assertThrows(IllegalArgumentException.class, () -> step.withMaxBytes(1L << 31));
  }
}
