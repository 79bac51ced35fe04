package org.cytobeam.transforms;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.s3.RecordedRequest;
import org.cytobeam.testing.s3.S3TestServer;
import org.cytobeam.transforms.image.CropScale8Bit;
import org.cytobeam.transforms.image.WritePNG;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.JobTables;
import org.cytobeam.transforms.outcome.ManifestJson;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;
import org.cytobeam.transforms.outcome.RunFolder;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.outcome.RunSummary;
import org.cytobeam.transforms.outcome.Summarize;
import org.cytobeam.transforms.s3.FetchS3Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Fault P6: runners do things twice. */
@ExtendWith(TestPipelineExtension.class)
final class RepeatsTest {

  private static final int IMAGES = 20;

  @TempDir private Path folder;
  private Path root;
  private final SortedMap<String, Item> items = new TreeMap<>();

  @BeforeEach
  void makeImages() throws IOException {
    root = folder.resolve("out");
    for (int i = 0; i < IMAGES; i++) {
      byte[] image = TiffBuilder.uint16(Pictures.noise(30, 20, 4095, i)).build();
      Path file = Files.write(folder.resolve(i + ".tif"), image);
      String id = "p/" + i + ".png";
      items.put(id, Item.of(id, file.toUri().toString(), "t.csv line " + i, Map.of()));
    }
  }

  private PCollection<Outcome> images(Pipeline pipeline, int times) {
    List<Outcome> pending = new ArrayList<>();
    for (int time = 0; time < times; time++) {
      items.values().forEach(item -> pending.add(Outcome.pending(item)));
    }
    return pipeline
        .apply("Images", Create.of(pending).withCoder(OutcomeCoder.of()))
        .apply("Spread", Reshuffle.viaRandomKey());
  }

  private static PCollection<Outcome> write(
      String name, PCollection<Outcome> images, RunSettings run) {
    return images
        .apply(name + "Fetch", FetchS3Bytes.of(run, S3Settings.defaults()))
        .apply(name + "Scale", CropScale8Bit.create())
        .apply(name + "Write", WritePNG.to(run));
  }

  private void assertOneOfEach(int run) throws IOException {
    List<ManifestRow> rows =
        Files.readAllLines(root.resolve(RunFolder.MANIFEST_LINES)).stream()
            .map(ManifestJson::row)
            .toList();
    assertThat(
        rows.stream().map(row -> row.getItem().getId()).toList(), is(List.copyOf(items.keySet())));
    for (ManifestRow row : rows) {
      assertThat(row.done(), is(true));
      assertThat(row.getRun(), is(Runs.id(run).value()));
      byte[] png = Files.readAllBytes(root.resolve(row.getItem().getId()));
      assertThat(row.getFacts().getFiles(), hasSize(1));
      assertThat(row.getFacts().getFiles().get(0).getBytes(), is((long) png.length));
    }
    RunSummary summary;
    try (var in =
        Files.newInputStream(root.resolve(RunFolder.ofRun(Runs.id(run), RunSummary.FILE)))) {
      summary = RunSummary.read(in);
    }
    assertThat(summary.getItems(), is((long) IMAGES));
    assertThat(summary.getDone(), is((long) IMAGES));
    assertThat(summary.failed(), is(0L));
  }

  private List<String> names(String of) throws IOException {
    Path start = root.resolve(of);
    if (!Files.exists(start)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(start)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void assertTreeIsThatOfOneRun(TestPipeline pipeline) throws IOException {
    SortedMap<String, byte[]> tree = tree();
    try (Stream<Path> files = Files.walk(root.resolve("p"))) {
      assertThat(files.filter(Files::isRegularFile).count(), is((long) IMAGES));
    }
    assertThat(names("_cytobeam/journal"), is(empty()));
    root = folder.resolve("once");
    Pipeline once = Pipeline.create(pipeline.getOptions());
    RunSettings run = Runs.into(root, 9);
    write("", images(once, 1), run).apply(Summarize.of(run, JobTables.none()));
    once.run().waitUntilFinish();
    tree().forEach((id, bytes) -> assertThat(id, tree.get(id), is(bytes)));
  }

  private SortedMap<String, byte[]> tree() throws IOException {
    SortedMap<String, byte[]> tree = new TreeMap<>();
    for (String id : items.keySet()) {
      tree.put(id, Files.readAllBytes(root.resolve(id)));
    }
    return tree;
  }

  @Test
  void elementsThatComeThriceGiveOneFileAndOneRow(TestPipeline pipeline) throws IOException {
    RunSettings run = Runs.into(root, 1);
    write("", images(pipeline, 3), run).apply(Summarize.of(run, JobTables.none()));

    pipeline.run();

    assertOneOfEach(1);
    assertTreeIsThatOfOneRun(pipeline);
  }

  /** As where a slow worker's work is given to another, and both finish it. */
  @Test
  void twoCopiesGiveOneFileAndOneRow(TestPipeline pipeline) throws IOException {
    RunSettings run = Runs.into(root, 1);
    PCollection<Outcome> images = images(pipeline, 1);
    PCollectionList.of(write("One", images, run))
        .and(write("Other", images, run))
        .apply(Flatten.pCollections())
        .apply(Summarize.of(run, JobTables.none()));

    pipeline.run();

    assertOneOfEach(1);
    assertTreeIsThatOfOneRun(pipeline);
  }

  /** The server answers the one PUT of an image when it has got the other. */
  @Test
  void twoCopiesThatPutOneObjectAtOnceGiveOneObjectAndOneRow(TestPipeline pipeline)
      throws IOException {
    String contested = "out/" + items.firstKey();
    try (S3TestServer server = S3TestServer.start().bucket("own")) {
      server.holdUntilOpen("PUT", "own", contested, 2);
      RunSettings run = intoBucket(server);
      PCollection<Outcome> images = images(pipeline, 1);
      PCollectionList.of(write("One", images, run))
          .and(write("Other", images, run))
          .apply(Flatten.pCollections())
          .apply(Summarize.of(run, JobTables.none()));

      pipeline.run();

      List<RecordedRequest> puts = server.requests("own", contested);
      assertThat(puts.stream().map(RecordedRequest::status).toList(), contains(200, 200));
      download(server);
    }
    assertOneOfEach(1);
    assertTreeIsThatOfOneRun(pipeline);
  }

  private static RunSettings intoBucket(S3TestServer server) {
    S3Settings s3 = S3Settings.builder().setEndpoint(server.endpoint()).setAnonymous(true).build();
    DestinationSettings bucket =
        new DestinationSettings("s3://own/out", Runs.id(1), Durability.ITEM, s3);
    return new RunSettings(bucket, Runs.OPTIONS, Check.SHA256, false);
  }

  private void download(S3TestServer server) throws IOException {
    for (String key : server.keys("own")) {
      Path file = root.resolve(key.substring("out/".length()));
      Files.createDirectories(file.getParent());
      Files.write(file, server.get("own", key).orElseThrow());
    }
  }

  /** A runner that restarts what failed late does the same run again, over what it did. */
  @Test
  void bundlesRetriedAfterTheyHaveWrittenGiveOneFileAndOneRow(TestPipeline pipeline)
      throws IOException {
    RunSettings run = Runs.into(root, 1);
    Pipeline failing = Pipeline.create(pipeline.getOptions());
    write("", images(failing, 1), run)
        .apply("Fail", ParDo.of(new LateFailureFn()))
        .setCoder(OutcomeCoder.of())
        .apply(Summarize.of(run, JobTables.none()));
    assertThrows(PipelineExecutionException.class, () -> failing.run().waitUntilFinish());
    assertThat(names("_cytobeam/journal"), hasSize(greaterThan(0)));

    write("", images(pipeline, 1), run).apply(Summarize.of(run, JobTables.none()));
    pipeline.run();

    assertOneOfEach(1);
    assertTreeIsThatOfOneRun(pipeline);
  }

  /** Lets a few elements through, so that some bundles have written all there is to write. */
  private static final class LateFailureFn extends DoFn<Outcome, Outcome> {

    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Outcome outcome, OutputReceiver<Outcome> out) throws IOException {
      if (outcome.getItem().getId().endsWith("7.png")) {
        throw new IOException("the worker is lost");
      }
      out.output(outcome);
    }
  }
}
