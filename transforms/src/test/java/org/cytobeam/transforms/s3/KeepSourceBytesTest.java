package org.cytobeam.transforms.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.transforms.Runs;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;
import org.cytobeam.transforms.outcome.StoredFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(TestPipelineExtension.class)
final class KeepSourceBytesTest {

  private static final byte[] BYTES = "the bytes of an image".getBytes(UTF_8);

  @TempDir Path root;

  private static Outcome pending(String id, String uri) {
    return Outcome.pending(Item.of(id, uri, "t.csv line 2", Map.of()));
  }

  private static PCollection<Outcome> keep(
      TestPipeline pipeline, Path folder, Outcome... outcomes) {
    return pipeline
        .apply(Create.of(List.of(outcomes)).withCoder(OutcomeCoder.of()))
        .apply(KeepSourceBytes.in(Runs.into(folder, 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "a/x__DNA.png, s3://b/r01.tiff,            a/x__DNA.tiff",
    "a/x__DNA.png, s3://b/r01.TIF,             a/x__DNA.tif",
    "a/x__DNA.png, s3://b/r01.ome.tif,         a/x__DNA.tif",
    "a/x__DNA.png, s3://b/r01.png,             a/x__DNA.source.png",
    "a/x__DNA.png, s3://b/r01.PNG,             a/x__DNA.source.png",
    "a/x__DNA.png, s3://b/r01,                 a/x__DNA.raw",
    "a/x__DNA.png, s3://b/folder.tif/r01,      a/x__DNA.raw",
    "a/x__DNA.png, s3://b/r01.,                a/x__DNA.raw",
    "a/x__DNA.png, s3://b/r01.t/../../f,       a/x__DNA.raw",
    "a/x__DNA.png, s3://b/r01.elevenchars,     a/x__DNA.raw",
    "a/x__DNA.png, file:///c/r%2001.tif,       a/x__DNA.tif",
    "a.b/x,        s3://b/r01.tif,             a.b/x.tif",
  })
  void theSourceStandsBesideItsImage(String id, String uri, String path) {
    assertThat(KeepSourceBytes.path(pending(id, uri).getItem()), is(path));
  }

  @Test
  void theBytesAreKeptAndPassedOn(TestPipeline pipeline) throws Exception {
    Facts fetched = Facts.none().toBuilder().setEtag("abc").setAttempts(2).build();
    Outcome image = pending("a/x.png", "s3://b/r01.tiff").withBytes(BYTES, fetched);
    Outcome failed =
        pending("b.png", "s3://b/b").failed(Failure.of("S", FailureClass.MISSING, "gone", 1));
    Outcome before = pending("c.png", "s3://b/c.tiff").alreadyDone();
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BYTES));
    Facts kept =
        fetched.toBuilder()
            .setFiles(List.of(StoredFile.of("a/x.tiff", BYTES.length, sha256)))
            .build();

    PAssert.that(keep(pipeline, root, image, failed, before))
        .containsInAnyOrder(image.withBytes(BYTES, kept), failed, before);
    pipeline.run();

    assertThat(Files.readAllBytes(root.resolve("a/x.tiff")), is(BYTES));
    assertThat(Files.exists(root.resolve("c.tiff")), is(false));
  }

  @Test
  void aFileThatCantBeWrittenIsAFailure(TestPipeline pipeline) throws Exception {
    Files.createFile(root.resolve("taken"));
    Outcome image = pending("taken/x.png", "s3://b/x.tiff").withBytes(BYTES, Facts.none());

    PAssert.that(keep(pipeline, root, image))
        .satisfies(
            outcomes -> {
              Failure failure = outcomes.iterator().next().requireFailure();
              assertThat(failure.getFailureClass(), is(FailureClass.UNWRITABLE));
              assertThat(failure.getStep(), is("KeepSourceBytes"));
              return null;
            });
    pipeline.run();
  }

  @Test
  void aPlaceThatTakesNothingEndsTheRun(TestPipeline pipeline) throws Exception {
    Path file = Files.createFile(root.resolve("file"));
    keep(pipeline, file, pending("x.png", "s3://b/x.tiff").withBytes(BYTES, Facts.none()));

    Throwable cause = assertThrows(PipelineExecutionException.class, pipeline::run).getCause();

    assertThat(cause, instanceOf(RunAbortedException.class));
  }

  @Test
  void theFolderIsShown() {
    List<Object> values = new ArrayList<>();
    DisplayData.from(KeepSourceBytes.in(Runs.into(root, 1)))
        .items()
        .forEach(item -> values.add(item.getValue()));

    assertThat(values, hasItem(root.toString()));
  }
}
