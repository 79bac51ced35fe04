package org.cytobeam.transforms.image;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayContaining;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.io.png.PngEncoder;
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
import org.cytobeam.transforms.outcome.StoredFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
final class WritePngTest {

  private static final byte[] SAMPLES = {0, 1, 2, (byte) 253, (byte) 254, (byte) 255};
  private static final Facts SCALED =
      Facts.none().toBuilder()
          .setSourceBytes(99)
          .setAttempts(1)
          .setMeasures(Map.of(Measures.CROP_WIDTH, 3.0, Measures.CROP_HEIGHT, 2.0))
          .build();
  private static final Outcome FAILED =
      pending("b.png").failed(Failure.of("FetchS3Bytes", FailureClass.MISSING, "gone", 1));
  private static final Outcome BEFORE = pending("c.png").alreadyDone();

  @TempDir Path root;

  private static Outcome pending(String id) {
    return Outcome.pending(Item.of(id, "s3://bucket/" + id, "t.csv line 2", Map.of("k", "v")));
  }

  private static Outcome scaled(String id) {
    return pending(id).withBytes(SAMPLES, SCALED);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private PCollection<Outcome> write(TestPipeline pipeline, Path folder, Outcome... outcomes) {
    return pipeline
        .apply(Create.of(List.of(outcomes)).withCoder(OutcomeCoder.of()))
        .apply(WritePNG.to(Runs.into(folder, 1)))
        .apply(Timeless.outcomes());
  }

  private static Outcome large(String id, String group) {
    byte[] samples = new byte[200 * 100];
    Arrays.fill(samples, (byte) id.length());
    Facts facts =
        SCALED.toBuilder()
            .setMeasures(Map.of(Measures.CROP_WIDTH, 200.0, Measures.CROP_HEIGHT, 100.0))
            .build();
    return Outcome.pending(Item.of(id, "s3://bucket/" + id, "t.csv line 2", Map.of("k", group)))
        .withBytes(samples, facts);
  }

  private static PCollection<Outcome> writeWithThumbnails(
      TestPipeline pipeline, Path folder, long highestHash, Outcome... outcomes) {
    return pipeline
        .apply(Create.of(List.of(outcomes)).withCoder(OutcomeCoder.of()))
        .apply(
            WritePNG.to(Runs.into(folder, 1))
                .withThumbnails(new Thumbnails(List.of("k"), highestHash)))
        .apply(Timeless.outcomes());
  }

  private SortedMap<String, ManifestRow> journal() throws IOException {
    SortedMap<String, ManifestRow> rows = new TreeMap<>();
    try (Stream<Path> segments = Files.list(root.resolve(RunFolder.JOURNAL))) {
      for (Path segment : segments.toList()) {
        for (String line : Files.readAllLines(segment)) {
          ManifestRow row = ManifestJson.row(line);
          assertThat(rows.put(row.getItem().getId(), row) == null, is(true));
        }
      }
    }
    return rows;
  }

  private ManifestRow row(String id) throws IOException {
    return Optional.ofNullable(journal().get(id)).orElseThrow();
  }

  @Test
  void pixelsBecomeAFileARowAndALine(TestPipeline pipeline) throws Exception {
    byte[] png = PngEncoder.encode(Raster.uint8(3, 2, SAMPLES));
    Facts facts = SCALED.toBuilder().setPixelsSha256(sha256(SAMPLES)).build();
    StoredFile file = StoredFile.of("s/b/a.png", png.length, sha256(png));

    PAssert.that(write(pipeline, root, scaled("s/b/a.png"), FAILED, BEFORE))
        .containsInAnyOrder(pending("s/b/a.png").done(file, facts), FAILED, BEFORE);
    pipeline.run();

    assertThat(Files.readAllBytes(root.resolve("s/b/a.png")), is(png));
    BufferedImage image = ImageIO.read(root.resolve("s/b/a.png").toFile());
    assertThat(image.getWidth(), is(3));
    int[] samples = image.getRaster().getSamples(0, 0, 3, 2, 0, (int[]) null);
    assertThat(Arrays.stream(samples).boxed().toArray(), arrayContaining(0, 1, 2, 253, 254, 255));
    assertThat(List.copyOf(journal().keySet()), is(List.of("b.png", "s/b/a.png")));
    ManifestRow done = row("s/b/a.png");
    assertThat(done.done(), is(true));
    assertThat(done.getFacts().getFiles(), is(List.of(file)));
    assertThat(done.getFacts().getMillis().containsKey("WritePNG"), is(true));
    assertThat(done.getOptionsHash(), is(Runs.OPTIONS));
    assertThat(done.getRun(), is(Runs.id(1).value()));
    assertThat(row("b.png").getFailure(), is(FAILED.getFailure()));
  }

  @Test
  void filesKeptBesideComeBehindTheImage(TestPipeline pipeline) throws Exception {
    StoredFile source = StoredFile.of("a.tiff", 99, "0".repeat(64));
    Outcome kept =
        pending("a.png").withBytes(SAMPLES, SCALED.toBuilder().setFiles(List.of(source)).build());

    PAssert.that(write(pipeline, root, kept))
        .satisfies(
            outcomes -> {
              Outcome only = outcomes.iterator().next();
              assertThat(
                  only.getFacts().getFiles().stream().map(StoredFile::getPath).toList(),
                  is(List.of("a.png", "a.tiff")));
              assertThat(only.getBytes() == null, is(true));
              return null;
            });
    pipeline.run();
  }

  @Test
  void oneFileThatCantBeWrittenIsAFailureOfThatItem(TestPipeline pipeline) throws Exception {
    Files.createFile(root.resolve("taken"));

    PAssert.that(write(pipeline, root, scaled("taken/a.png"), scaled("b.png")))
        .satisfies(
            outcomes -> {
              List<String> ends = new ArrayList<>();
              for (Outcome outcome : outcomes) {
                ends.add(
                    outcome.getItem().getId()
                        + " "
                        + (outcome.getFailure() == null
                            ? "done"
                            : outcome.getFailure().getFailureClass().label()));
              }
              assertThat(ends, hasItem("taken/a.png unwritable"));
              assertThat(ends, hasItem("b.png done"));
              return null;
            });
    pipeline.run();

    assertThat(row("taken/a.png").done(), is(false));
  }

  @Test
  void imagesOfTheChosenGroupsGetThumbnails(TestPipeline pipeline) throws Exception {
    List<String> groups = new ArrayList<>(List.of("one", "two", "three"));
    groups.sort(Comparator.comparingLong(group -> Thumbnails.hash(List.of(group))));
    long highest = Thumbnails.hash(List.of(groups.get(1)));
    writeWithThumbnails(
        pipeline,
        root,
        highest,
        large("a", groups.get(0)),
        large("bb", groups.get(1)),
        large("ccc", groups.get(2)),
        FAILED);
    pipeline.run();

    Map<String, byte[]> thumbnails = new TreeMap<>();
    for (String id : List.of("a", "bb")) {
      String pixels = Optional.ofNullable(row(id).getFacts().getPixelsSha256()).orElseThrow();
      thumbnails.put(pixels.substring(0, 32) + ".png", Files.readAllBytes(thumbnail(pixels)));
    }
    try (Stream<Path> files = Files.list(root.resolve(RunFolder.THUMBNAILS))) {
      assertThat(
          files.map(file -> file.getFileName().toString()).sorted().toList(),
          is(List.copyOf(thumbnails.keySet())));
    }
    byte[] expected = new byte[67 * 34];
    Arrays.fill(expected, (byte) 1);
    String pixels = Optional.ofNullable(row("a").getFacts().getPixelsSha256()).orElseThrow();
    assertThat(
        Files.readAllBytes(thumbnail(pixels)),
        is(PngEncoder.encode(Raster.uint8(67, 34, expected))));
  }

  private Path thumbnail(String pixels) {
    return root.resolve(Thumbnails.path(pixels));
  }

  @Test
  void anItemWithoutTheKeysOfGroupsGetsNoThumbnail() {
    Item item = Item.of("a", "s3://b/a", "t.csv line 2", Map.of("k", "v"));

    assertThat(new Thumbnails(List.of("k"), Long.MAX_VALUE).include(item), is(true));
    assertThat(new Thumbnails(List.of("k", "l"), Long.MAX_VALUE).include(item), is(false));
    assertThat(Thumbnails.none().include(item), is(false));
  }

  @Test
  void anImageWhoseThumbnailCantBePutFails(TestPipeline pipeline) throws Exception {
    Files.createDirectories(root.resolve(RunFolder.ROOT));
    Files.createFile(root.resolve(RunFolder.THUMBNAILS));
    writeWithThumbnails(pipeline, root, Long.MAX_VALUE, large("a", "v"));
    pipeline.run();

    Failure failure = Optional.ofNullable(row("a").getFailure()).orElseThrow();
    assertThat(failure.getFailureClass(), is(FailureClass.UNWRITABLE));
    assertThat(failure.getMessage(), containsString("thumbnails"));
  }

  @Test
  void aPlaceThatTakesNothingEndsTheRun(TestPipeline pipeline) throws Exception {
    Path file = Files.createFile(root.resolve("file"));
    write(pipeline, file, scaled("a.png"));

    PipelineExecutionException thrown =
        assertThrows(PipelineExecutionException.class, pipeline::run);

    assertThat(thrown.getCause(), instanceOf(RunAbortedException.class));
    assertThat(thrown.getMessage(), containsString("Name another folder"));
  }

  @Test
  void theSameAgainGivesTheSameBytes(TestPipeline pipeline) throws Exception {
    byte[] png = PngEncoder.encode(Raster.uint8(3, 2, SAMPLES));
    Files.write(root.resolve("a.png"), new byte[] {1, 2, 3});
    write(pipeline, root, scaled("a.png"), scaled("a.png"));
    pipeline.run();

    assertThat(Files.readAllBytes(root.resolve("a.png")), is(png));
    try (Stream<Path> files = Files.list(root)) {
      assertThat(files.filter(Files::isRegularFile).count(), is(1L));
    }
  }

  @Test
  void theFolderIsShown() {
    List<Object> values = new ArrayList<>();
    DisplayData.from(WritePNG.to(Runs.into(root, 1)))
        .items()
        .forEach(item -> values.add(item.getValue()));

    assertThat(values, hasItem(root.toString()));
  }
}
