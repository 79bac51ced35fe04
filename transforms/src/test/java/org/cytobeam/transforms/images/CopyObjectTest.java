package org.cytobeam.transforms.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.Pipeline;
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
import org.cytobeam.io.bytes.Hash;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.io.s3.StaticCredentials;
import org.cytobeam.testing.disk.SmallDisk;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.S3TestServer;
import org.cytobeam.transforms.Runs;
import org.cytobeam.transforms.Timeless;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.ManifestJson;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;
import org.cytobeam.transforms.outcome.RunFolder;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.outcome.StoredFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
final class CopyObjectTest {

  private static final String BUCKET = "pictures";
  private static final byte[] PICTURE = "the bytes of a picture".getBytes(UTF_8);
  private static final String ETAG = Hash.MD5.hex(PICTURE);
  private static final int SHORT = 64;

  @TempDir Path root;

  private S3TestServer server;

  @BeforeEach
  void start() {
    server = S3TestServer.start().bucket(BUCKET);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private S3Settings s3() {
    return S3Settings.builder()
        .setEndpoint(server.endpoint())
        .setRegion(S3TestServer.REGION)
        .setAnonymous(true)
        .setMaxAttempts(3)
        .setRetryDelay(Duration.ofMillis(1))
        .setMaxRetryDelay(Duration.ofMillis(5))
        .build();
  }

  /** A step that streams what is longer than 64 bytes. */
  private CopyObject copy(int run) {
    return CopyObject.of(Runs.into(root, run), s3()).withWholeBytes(SHORT);
  }

  private static byte[] longer() {
    byte[] bytes = new byte[SHORT * 3];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }

  private static Item item(String id) {
    return Item.of(id, "s3://" + BUCKET + "/" + id, "t.txt line 1", Map.of(ImageKeys.NAME, id));
  }

  /** Returns an item as a listing has it. */
  private static Outcome listed(String id, String etag, long bytes) {
    return Outcome.pending(
        item(id), Facts.none().toBuilder().setEtag(etag).setSourceBytes(bytes).build());
  }

  /** Puts an object, and returns its item as a listing has it. */
  private Outcome put(String id, byte[] bytes) {
    server.put(BUCKET, id, bytes);
    return listed(id, Hash.MD5.hex(bytes), bytes.length);
  }

  private static Outcome done(String id, byte[] object, byte[] file, String integrity, int tries) {
    return Outcome.pending(item(id))
        .done(
            StoredFile.of(id, file.length, Hash.SHA256.hex(file)),
            Facts.none().toBuilder()
                .setEtag(Hash.MD5.hex(object))
                .setIntegrity(integrity)
                .setSourceBytes(object.length)
                .setAttempts(tries)
                .build());
  }

  private static Outcome done(String id, byte[] bytes) {
    return done(id, bytes, bytes, "etag_md5", 1);
  }

  private static PCollection<Outcome> apply(
      Pipeline pipeline, CopyObject step, List<Outcome> items) {
    return pipeline
        .apply(Create.of(List.of(items)).withCoder(ListCoder.of(OutcomeCoder.of())))
        .apply(Flatten.iterables())
        .setCoder(OutcomeCoder.of())
        .apply(step)
        .apply(Timeless.outcomes());
  }

  private static void expectFailures(
      TestPipeline pipeline, CopyObject step, List<Outcome> items, Map<String, String> expected) {
    PAssert.that(apply(pipeline, step, items))
        .satisfies(
            outcomes -> {
              Map<String, String> found = new HashMap<>();
              for (Outcome outcome : outcomes) {
                Failure failure = outcome.requireFailure();
                assertThat(failure.getStep(), is(CopyObject.STEP));
                found.put(
                    outcome.getItem().getId(),
                    failure.getFailureClass().label() + " " + failure.getAttempts());
              }
              assertThat(found, is(expected));
              return null;
            });
    pipeline.run();
  }

  private static RunAbortedException aborted(TestPipeline pipeline) {
    PipelineExecutionException thrown =
        assertThrows(PipelineExecutionException.class, pipeline::run);
    return assertInstanceOf(RunAbortedException.class, thrown.getCause());
  }

  private SortedMap<String, ManifestRow> journal() throws IOException {
    SortedMap<String, ManifestRow> rows = new TreeMap<>();
    try (Stream<Path> segments = Files.list(root.resolve(RunFolder.JOURNAL))) {
      for (Path segment : segments.toList()) {
        for (String line : Files.readAllLines(segment)) {
          ManifestRow row = ManifestJson.row(line);
          rows.put(row.getItem().getId() + " " + row.getRun(), row);
        }
      }
    }
    return rows;
  }

  /** Returns the paths and bytes of all files but the records of runs. */
  private Map<String, String> tree() {
    try (Stream<Path> files = Files.walk(root)) {
      Map<String, String> tree = new TreeMap<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = root.relativize(file).toString();
        if (!path.startsWith(RunFolder.ROOT)) {
          tree.put(path, Hash.SHA256.hex(Files.readAllBytes(file)));
        }
      }
      return tree;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha(byte[] bytes) {
    return Hash.SHA256.hex(bytes);
  }

  @Test
  void objectsBecomeFilesWithTheirProof(TestPipeline pipeline) throws Exception {
    List<Outcome> items =
        List.of(
            put("a/short.jpg", PICTURE),
            put("long.tif", longer()),
            put("a b#1.png", PICTURE),
            Outcome.pending(item("a/unlisted.gif")),
            put("empty.txt", new byte[0]));
    server.put(BUCKET, "a/unlisted.gif", PICTURE);
    server.script(BUCKET, "a b#1.png", Fault.status(503), Fault.status(500));

    PAssert.that(apply(pipeline, copy(1), items))
        .containsInAnyOrder(
            done("a/short.jpg", PICTURE),
            done("long.tif", longer()),
            done("a b#1.png", PICTURE, PICTURE, "etag_md5", 3),
            done("a/unlisted.gif", PICTURE),
            done("empty.txt", new byte[0]));
    List<String> counts = new ArrayList<>();
    for (MetricResult<Long> counter : pipeline.run().metrics().allMetrics().getCounters()) {
      counts.add(counter.getName().getName() + " " + counter.getCommitted());
    }

    int bytes = 3 * PICTURE.length + longer().length;
    assertThat(
        counts,
        hasItems(
            "items_done 5",
            "items_fetched 5",
            "bytes_fetched " + bytes,
            "bytes_written " + bytes,
            "retries 2"));
    assertThat(
        tree(),
        is(
            Map.of(
                "a/short.jpg", sha(PICTURE),
                "long.tif", sha(longer()),
                "a b#1.png", sha(PICTURE),
                "a/unlisted.gif", sha(PICTURE),
                "empty.txt", sha(new byte[0]))));
    assertThat(journal().size(), is(5));
    assertThat(journal().values().stream().allMatch(ManifestRow::done), is(true));
  }

  @Test
  void whatHasEndedIsPassedOnAndWrittenDownIfItIsNews(TestPipeline pipeline) throws Exception {
    Outcome missing =
        Outcome.pending(item("m.jpg"))
            .failed(Failure.of("MatchObjects", FailureClass.MISSING, "no object has it", 1));
    Outcome before = Outcome.pending(item("b.jpg")).alreadyDone();

    PAssert.that(apply(pipeline, copy(1), List.of(missing, before)))
        .containsInAnyOrder(missing, before);
    pipeline.run();

    assertThat(journal().keySet(), is(java.util.Set.of("m.jpg " + Runs.id(1))));
    assertThat(server.requests(), is(empty()));
  }

  @Test
  void whatCantBeHadFailsByItsClass(TestPipeline pipeline) {
    server.always(BUCKET, "damaged.jpg", Fault.flipBit(3));
    server.always(BUCKET, "cut.jpg", Fault.closeAfter(5));
    server.always(BUCKET, "denied.jpg", Fault.status(403));
    List<Outcome> items =
        List.of(
            put("damaged.jpg", PICTURE),
            put("cut.jpg", PICTURE),
            put("denied.jpg", PICTURE),
            listed("gone.jpg", ETAG, PICTURE.length),
            listed("gone.tif", ETAG, SHORT + 1));

    expectFailures(
        pipeline,
        copy(1),
        items,
        Map.of(
            "damaged.jpg", "checksum 3",
            "cut.jpg", "truncated 3",
            "denied.jpg", "denied 1",
            "gone.jpg", "missing 1",
            "gone.tif", "missing 1"));
    assertThat(tree(), is(Map.of()));
  }

  /** Faults P1 and N16: what is done is not asked for again, unless it is another now. */
  @Test
  void onlyWhatIsNotProvenOrAnotherIsCopiedAgain(TestPipeline pipeline) throws Exception {
    List<Outcome> items = new ArrayList<>();
    for (String id : List.of("sound.jpg", "long.tif", "cut.jpg", "gone.jpg", "new.jpg")) {
      items.add(put(id, id.equals("long.tif") ? longer() : PICTURE));
    }
    runAlone(copy(1), items);
    Map<String, String> whole = tree();
    Files.write(root.resolve("cut.jpg"), Arrays.copyOf(PICTURE, 5));
    Files.delete(root.resolve("gone.jpg"));
    byte[] other = "the bytes of the other".getBytes(UTF_8);
    items.set(4, put("new.jpg", other));
    server.clearLog();

    PAssert.that(apply(pipeline, copy(2), items))
        .containsInAnyOrder(
            items.get(0).alreadyDone(),
            items.get(1).alreadyDone(),
            done("cut.jpg", PICTURE),
            done("gone.jpg", PICTURE),
            done("new.jpg", other));
    pipeline.run();

    assertThat(server.requests().size(), is(3));
    whole.put("new.jpg", sha(other));
    assertThat(tree(), is(whole));
  }

  private static void runAlone(CopyObject step, List<Outcome> items) {
    Pipeline pipeline = Pipeline.create();
    apply(pipeline, step, items);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void whatWasPutAnewSinceItWasListedIsTakenAsItIsNow(TestPipeline pipeline) {
    byte[] grown = longer();
    server.put(BUCKET, "short.jpg", PICTURE);
    server.put(BUCKET, "long.tif", grown);
    server.put(BUCKET, "grown.jpg", grown);
    List<Outcome> items =
        List.of(
            listed("short.jpg", "0".repeat(32), 3),
            listed("long.tif", "0".repeat(32), SHORT + 1),
            listed("grown.jpg", "0".repeat(32), 3));

    PAssert.that(
            apply(pipeline, copy(1), items)
                .apply(org.apache.beam.sdk.transforms.MapElements.via(new FileOf())))
        .containsInAnyOrder(
            "short.jpg " + ETAG + " " + sha(PICTURE),
            "long.tif " + Hash.MD5.hex(grown) + " " + sha(grown),
            "grown.jpg " + Hash.MD5.hex(grown) + " " + sha(grown));
    pipeline.run();

    assertThat(server.requests(BUCKET, "short.jpg").size(), is(2));
  }

  private static final class FileOf
      extends org.apache.beam.sdk.transforms.SimpleFunction<Outcome, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String apply(Outcome outcome) {
      return outcome.getItem().getId()
          + " "
          + outcome.getFacts().getEtag()
          + " "
          + outcome.getFacts().getFiles().get(0).getSha256();
    }
  }

  @Test
  void whatKeepsChangingFails(TestPipeline pipeline) {
    server.put(BUCKET, "x.jpg", PICTURE, "third-9");
    server.script(BUCKET, "x.jpg", Fault.etag("second-9"));

    expectFailures(
        pipeline,
        copy(1),
        List.of(listed("x.jpg", "first-9", PICTURE.length)),
        Map.of("x.jpg", "changed 2"));
    assertThat(tree(), is(Map.of()));
  }

  /** Fault N10. */
  @Test
  void aPageInPlaceOfDataIsNeverAFile(TestPipeline pipeline) {
    String html = "\n<!DOCTYPE html><html><body>Log in</body></html>";
    String xml = "<?xml version=\"1.0\"?>\n<Error><Code>InternalError</Code></Error>";
    List<Outcome> items =
        List.of(
            put("html.jpg", PICTURE),
            put("xml.dat", PICTURE),
            put("long.tif", longer()),
            put("stored.png", xml.getBytes(UTF_8)),
            put("stored.tiff", (html + " ".repeat(SHORT)).getBytes(UTF_8)));
    server.always(BUCKET, "html.jpg", Fault.body(200, "text/html", html));
    server.always(BUCKET, "xml.dat", Fault.body(200, "application/xml", xml));
    server.always(BUCKET, "long.tif", Fault.body(200, "text/html", html));

    expectFailures(
        pipeline,
        copy(1),
        items,
        Map.of(
            "html.jpg", "changed 2",
            "xml.dat", "changed 2",
            "long.tif", "not_an_image 1",
            "stored.png", "not_an_image 1",
            "stored.tiff", "not_an_image 1"));
    assertThat(tree(), is(Map.of()));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** Puts objects that say how they are encoded. */
  private List<Outcome> putEncoded() throws IOException {
    byte[] whole = gzip(PICTURE);
    byte[] damaged = whole.clone();
    damaged[damaged.length - 5] ^= 1;
    List<Outcome> items = new ArrayList<>();
    items.add(put("plain.jpg", gzip(PICTURE)));
    items.add(put("coded.jpg", whole));
    items.add(put("damaged.jpg", damaged));
    items.add(put("brotli.jpg", PICTURE));
    items.add(put("long.tif", gzip(noise())));
    for (Outcome item : items.subList(1, items.size())) {
      String key = item.getItem().getId();
      String coding = key.startsWith("brotli") ? "br" : "gzip";
      server.always(BUCKET, key, Fault.none().header("Content-Encoding", coding));
    }
    return items;
  }

  private static byte[] noise() {
    byte[] bytes = new byte[4 * SHORT];
    new java.util.Random(1).nextBytes(bytes);
    return bytes;
  }

  /** Fault N17. */
  @Test
  void encodedObjectsAreDecodedAfterTheirProof(TestPipeline pipeline) throws Exception {
    PAssert.that(apply(pipeline, copy(1), putEncoded()))
        .satisfies(
            outcomes -> {
              Map<String, String> found = new HashMap<>();
              for (Outcome outcome : outcomes) {
                Failure failure = outcome.getFailure();
                found.put(
                    outcome.getItem().getId(),
                    failure == null
                        ? outcome.getFacts().getIntegrity()
                        : failure.getFailureClass().label());
              }
              assertThat(
                  found,
                  is(
                      Map.of(
                          "plain.jpg", "etag_md5",
                          "coded.jpg", "etag_md5",
                          "damaged.jpg", "undecodable",
                          "brotli.jpg", "unsupported",
                          "long.tif", "etag_md5")));
              return null;
            });
    pipeline.run();

    assertThat(
        tree(),
        is(
            Map.of(
                "plain.jpg", sha(gzip(PICTURE)),
                "coded.jpg", sha(PICTURE),
                "long.tif", sha(noise()))));
    assertThat(server.count("HEAD", BUCKET, "long.tif"), is(1));
    assertThat(server.count("GET", BUCKET, "long.tif"), is(1));
    ManifestRow damaged = Objects.requireNonNull(journal().get("damaged.jpg " + Runs.id(1)));
    assertThat(
        Objects.requireNonNull(damaged.getFailure()).getMessage(),
        containsString("--content_encoding=keep"));
    ManifestRow brotli = Objects.requireNonNull(journal().get("brotli.jpg " + Runs.id(1)));
    assertThat(
        Objects.requireNonNull(brotli.getFailure()).getMessage(),
        containsString("--content_encoding=keep"));
  }

  @Test
  void encodedObjectsAreKeptIfAskedFor(TestPipeline pipeline) throws Exception {
    List<Outcome> items = putEncoded();
    apply(pipeline, copy(1).withContentCoding(EncodedObjects.KEEP), items);
    pipeline.run();

    Map<String, String> stored = new TreeMap<>();
    for (String key : server.keys(BUCKET)) {
      stored.put(key, sha(server.get(BUCKET, key).orElseThrow()));
    }
    assertThat(tree(), is(stored));
  }

  private static StaticCredentials key() {
    return new StaticCredentials(S3TestServer.ACCESS_KEY_ID, "canary", "canary-token");
  }

  @Test
  void expiredCredentialsEndTheRunWithWhatIsPendingStillPending(TestPipeline pipeline)
      throws Exception {
    server.bucket(BUCKET, Access.SIGNED);
    List<Outcome> items = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      items.add(put(i + ".jpg", PICTURE));
    }
    server.after(3, Fault.error(400, "ExpiredToken"));
    S3Settings signed = s3().toBuilder().setAnonymous(false).setCredentials(key()).build();
    CopyObject step = CopyObject.of(Runs.into(root, 1), signed).withInFlight(1);
    apply(pipeline, step, items);

    RunAbortedException aborted = aborted(pipeline);

    assertThat(
        aborted.getMessage(),
        containsString(
            "Renew the credentials and run the same command again: it goes on. They were given"
                + " to this command: give it new ones."));
    assertThat(aborted.toString().contains("canary"), is(false));
    assertThat(journal().size(), is(3));
    assertThat(journal().values().stream().allMatch(ManifestRow::done), is(true));
    server.heal();
    server.clearLog();
    runAlone(CopyObject.of(Runs.into(root, 2), signed), items);
    assertThat(server.requests().size(), is(3));
    assertThat(tree().size(), is(6));
  }

  /** The default credentials of the process are looked for, and there are none. */
  @Test
  void absentCredentialsEndTheRun(TestPipeline pipeline) throws Exception {
    assumeTrue(System.getenv("AWS_ACCESS_KEY_ID") == null, "there are credentials");
    Map<String, String> nowhere =
        Map.of(
            "aws.disableEc2Metadata", "true",
            "aws.sharedCredentialsFile", root.resolve("none").toString(),
            "aws.configFile", root.resolve("none").toString());
    server.bucket(BUCKET, Access.SIGNED);
    S3Settings signed = s3().toBuilder().setAnonymous(false).build();
    apply(pipeline, CopyObject.of(Runs.into(root, 1), signed), List.of(put("a.jpg", PICTURE)));
    nowhere.forEach(System::setProperty);
    try {
      assertThat(
          aborted(pipeline).getMessage(),
          containsString("Provide credentials and run the same command again: it goes on."));
    } finally {
      nowhere.keySet().forEach(System::clearProperty);
    }
    assertThat(server.requests(), is(empty()));
    assertThat(tree(), is(Map.of()));
  }

  @Test
  void bodiesWhoseLengthNobodyTellsAreCopied(TestPipeline pipeline) throws Exception {
    List<Outcome> items = new ArrayList<>();
    items.add(put("short.jpg", PICTURE));
    items.add(put("long.tif", longer()));
    items.add(Outcome.pending(put("unlisted.tif", longer()).getItem()));
    for (Outcome item : items) {
      server.always(BUCKET, item.getItem().getId(), Fault.chunked());
    }

    PAssert.that(apply(pipeline, copy(1), items))
        .containsInAnyOrder(
            done("short.jpg", PICTURE), done("long.tif", longer()), done("unlisted.tif", longer()));
    pipeline.run();
  }

  @Test
  void fiftyTransientFailuresInARowEndTheRun(TestPipeline pipeline) {
    server.share(1, Fault.status(500));
    List<Outcome> items = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      items.add(listed(i + ".jpg", ETAG, PICTURE.length));
    }
    S3Settings once = s3().toBuilder().setMaxAttempts(1).build();
    apply(pipeline, CopyObject.of(Runs.into(root, 1), once), items);

    assertThat(aborted(pipeline).getMessage(), containsString("50 requests in a row failed"));
  }

  @Test
  void aFileThatCantBeWrittenFailsAlone(TestPipeline pipeline) throws Exception {
    Files.createDirectories(root.resolve("taken.jpg/x"));
    List<Outcome> items = List.of(put("taken.jpg", PICTURE), put("free.jpg", PICTURE));

    PAssert.that(apply(pipeline, copy(1), items))
        .satisfies(
            outcomes -> {
              for (Outcome outcome : outcomes) {
                boolean isTaken = outcome.getItem().getId().equals("taken.jpg");
                Failure failure = outcome.getFailure();
                assertThat(failure != null, is(isTaken));
                if (failure != null) {
                  assertThat(failure.getFailureClass(), is(FailureClass.UNWRITABLE));
                }
              }
              return null;
            });
    pipeline.run();

    assertThat(tree(), is(Map.of("free.jpg", sha(PICTURE))));
  }

  @Test
  void tenFilesInARowThatCantBeWrittenEndTheRun(TestPipeline pipeline) throws Exception {
    List<Outcome> items = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      items.add(put(i + ".jpg", PICTURE));
      Files.createDirectories(root.resolve(i + ".jpg/x"));
    }
    apply(pipeline, copy(1), items);

    assertThat(aborted(pipeline).getMessage(), containsString("10 requests in a row failed"));
  }

  /** Fault P3. */
  @Test
  void aFullDiskEndsTheRunAndLeavesNothingHalf(TestPipeline pipeline) throws Exception {
    byte[] large = new byte[600_000];
    List<Outcome> items = List.of(put("one.tif", large), put("two.tif", large));
    try (SmallDisk disk = new SmallDisk(root, "size=1m")) {
      apply(pipeline, CopyObject.of(Runs.into(root, 1), s3()).withInFlight(1), items);

      assertThat(aborted(pipeline).getMessage(), containsString("No space left on"));
      assertThat(tree(), is(Map.of("one.tif", sha(large))));

      disk.remount("size=3m");
      runAlone(CopyObject.of(Runs.into(root, 2), s3()).withWholeBytes(SHORT), items);
      assertThat(tree(), is(Map.of("one.tif", sha(large), "two.tif", sha(large))));
      assertThat(server.count("GET", BUCKET, "one.tif"), is(1));
    }
  }

  /** Fault S2. */
  @Test
  void aLinkIsReplacedAndNotWrittenThrough(TestPipeline pipeline) throws Exception {
    Path outside = Files.write(Files.createTempFile("outside", ".jpg"), new byte[] {1});
    try {
      Files.createSymbolicLink(root.resolve("x.jpg"), outside);
      apply(pipeline, copy(1), List.of(put("x.jpg", PICTURE)));
      pipeline.run();

      assertThat(Files.readAllBytes(outside), is(new byte[] {1}));
      assertThat(Files.isSymbolicLink(root.resolve("x.jpg")), is(false));
      assertThat(Files.readAllBytes(root.resolve("x.jpg")), is(PICTURE));
    } finally {
      Files.delete(outside);
    }
  }

  @Test
  void aBucketIsWrittenToAsAFolderIs(TestPipeline pipeline) {
    server.bucket("out");
    DestinationSettings out =
        new DestinationSettings("s3://out/run", Runs.id(1), Durability.RUN, s3());
    RunSettings run = new RunSettings(out, Runs.OPTIONS, Check.SHA256, false);
    apply(
        pipeline,
        CopyObject.of(run, s3()).withWholeBytes(SHORT),
        List.of(put("a.jpg", PICTURE), put("b.tif", longer())));
    pipeline.run();

    assertThat(server.get("out", "run/a.jpg").orElseThrow(), is(PICTURE));
    assertThat(server.get("out", "run/b.tif").orElseThrow(), is(longer()));
    assertThat(server.unfinishedUploads("out"), is(0));
  }

  @Test
  void asManyRequestsAsAllowedAreInFlight(TestPipeline pipeline) {
    List<Outcome> items = new ArrayList<>();
    for (String id : List.of("a", "b", "c", "d")) {
      items.add(put(id, PICTURE));
      server.holdUntil(BUCKET, id, 4);
    }
    apply(pipeline, copy(1).withInFlight(4), items);
    pipeline.run();

    assertThat(tree().size(), is(4));
  }

  /** Requests that wait for each other share a connection. */
  @Test
  void noMoreBytesAreOnTheirWayThanAllowed(TestPipeline pipeline) {
    List<Outcome> items = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      items.add(put(i + ".jpg", PICTURE));
    }
    server.latency(Duration.ofMillis(30));
    CopyObject step =
        CopyObject.of(Runs.into(root, 1), s3()).withInFlight(12).withPendingBytes(PICTURE.length);
    apply(pipeline, step, items);
    pipeline.run();

    assertThat(tree().size(), is(12));
    assertThat(server.connectionsMade(), lessThanOrEqualTo(3));
  }

  @Test
  void whatIsLongerThanTheWindowIsStreamed(TestPipeline pipeline) {
    byte[] longest = new byte[300_000];
    new java.util.Random(1).nextBytes(longest);
    List<Outcome> items =
        List.of(put("short.jpg", PICTURE), put("long.tif", longest), put("longer.tif", longest));
    PAssert.that(
            apply(
                pipeline, CopyObject.of(Runs.into(root, 1), s3()).withPendingBytes(100_000), items))
        .containsInAnyOrder(
            done("short.jpg", PICTURE), done("long.tif", longest), done("longer.tif", longest));
    pipeline.run();
  }

  /** The long object's first answer comes only after the requests for all short ones. */
  @Test
  void aLongObjectKeepsNoShortOneWaiting(TestPipeline pipeline) {
    List<Outcome> items = new ArrayList<>(List.of(put("long.tif", longer())));
    List<Outcome> done = new ArrayList<>(List.of(done("long.tif", longer())));
    for (int i = 0; i < 5; i++) {
      items.add(put(i + ".jpg", PICTURE));
      done.add(done(i + ".jpg", PICTURE));
    }
    items.add(put("longer.tif", longer()));
    done.add(done("longer.tif", longer()));
    server.holdUntil(BUCKET, "long.tif", 6);

    PAssert.that(apply(pipeline, copy(1).withInFlight(1), items)).containsInAnyOrder(done);
    pipeline.run();
  }

  @Test
  void settingsAreCheckedAndShown() {
    CopyObject step =
        copy(1).withInFlight(5).withPendingBytes(77).withContentCoding(EncodedObjects.KEEP);
    List<Object> values = new ArrayList<>();
    DisplayData.from(step).items().forEach(item -> values.add(item.getValue()));

    assertThat(values, hasItems(5L, 77L, "KEEP", "SHA256", root.toString()));
    assertThrows(IllegalArgumentException.class, () -> step.withInFlight(0));
    assertThrows(IllegalArgumentException.class, () -> step.withPendingBytes(0));
  }
}
