package org.cytobeam.transforms.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.tiff.TiffDecoder;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.images.TiffCompression;
import org.cytobeam.transforms.Timeless;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;
import org.cytobeam.transforms.outcome.StoredFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
final class CropScale8BitTest {

  private static final int COMPRESSION = 259;
  private static final int SHORT = 3;
  private static final Facts FETCHED =
      Facts.none().toBuilder().setEtag("abc").setSourceBytes(99).setAttempts(2).build();

  private static Outcome pending(String id) {
    return Outcome.pending(Item.of(id, "s3://bucket/" + id, "t.csv line 2", Map.of()));
  }

  private static Outcome fetched(String id, byte[] bytes) {
    return pending(id).withBytes(bytes, FETCHED);
  }

  private static PCollection<Outcome> scale(
      TestPipeline pipeline, CropScale8Bit step, Outcome... outcomes) {
    return pipeline
        .apply(Create.of(List.of(outcomes)).withCoder(OutcomeCoder.of()))
        .apply(step)
        .apply(Timeless.outcomes());
  }

  private static Map<String, Double> measures(double... values) {
    List<String> names =
        List.of(
            "image_width",
            "image_height",
            "crop_x",
            "crop_y",
            "crop_width",
            "crop_height",
            "window_low",
            "window_high",
            "sample_min",
            "sample_max");
    Map<String, Double> measures = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      measures.put(names.get(i), values[i]);
    }
    return measures;
  }

  private static Outcome scaled(String id, byte[] samples, Map<String, Double> measures) {
    return pending(id).withBytes(samples, FETCHED.toBuilder().setMeasures(measures).build());
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void theCentreIsCroppedAndStretched(TestPipeline pipeline) {
    int[][] picture = Pictures.constant(6, 4, 65535);
    picture[1] = new int[] {9999, 0, 64, 128, 256, 9999};
    picture[2] = new int[] {9999, 255, 254, 1, 2, 9999};

    PCollection<Outcome> out =
        scale(
            pipeline,
            CropScale8Bit.create().withPercentile(0).withCrop(4, 2),
            fetched("a.png", TiffBuilder.uint16(picture).build()));

    PAssert.that(out)
        .containsInAnyOrder(
            scaled(
                "a.png",
                bytes(0, 63, 127, 255, 254, 253, 0, 1),
                measures(6, 4, 1, 1, 4, 2, 0, 256, 0, 256)));
    pipeline.run();
  }

  @Test
  void percentilesOfTheCropCount(TestPipeline pipeline) {
    int[][] picture = Pictures.ramp(101, 1, 100);
    byte[] expected = new byte[101];
    for (int i = 0; i <= 100; i++) {
      expected[i] = (byte) (Math.min(Math.max((i - 18) / 64.0, 0), 1) * 255);
    }

    PCollection<Outcome> out =
        scale(
            pipeline,
            CropScale8Bit.create().withPercentile(18),
            fetched("a.png", TiffBuilder.uint8(picture).build()));

    PAssert.that(out)
        .containsInAnyOrder(
            scaled("a.png", expected, measures(101, 1, 0, 0, 101, 1, 18, 82, 0, 100)));
    pipeline.run();
  }

  @Test
  void oneAxisIsCroppedAndAConstantImageIsBlack(TestPipeline pipeline) {
    PCollection<Outcome> out =
        scale(
            pipeline,
            CropScale8Bit.create().withCrop(2, 100),
            fetched("a.png", TiffBuilder.uint16(Pictures.constant(5, 3, 7)).build()));

    PAssert.that(out)
        .containsInAnyOrder(scaled("a.png", new byte[6], measures(5, 3, 1, 0, 2, 3, 7, 7, 7, 7)));
    pipeline.run();
  }

  @Test
  void whatCantBeDecodedFailsByItsClass(TestPipeline pipeline) {
    byte[] sound = TiffBuilder.uint16(Pictures.noise(20, 20, 65535, 1)).build();
    Map<String, byte[]> files = new TreeMap<>();
    files.put("not_an_image", "<html>no image at all</html>".getBytes(US_ASCII));
    files.put("truncated", Arrays.copyOf(sound, sound.length / 2));
    files.put(
        "undecodable",
        TiffBuilder.uint8(Pictures.ramp(9, 9, 80))
            .compression(TiffCompression.DEFLATE)
            .block(0, bytes(1, 2, 3, 4, 5, 6, 7, 8))
            .build());
    files.put(
        "unsupported",
        TiffBuilder.uint8(Pictures.ramp(9, 9, 80)).tag(COMPRESSION, SHORT, 7).build());
    files.put("too_large", TiffBuilder.uint8(Pictures.ramp(21, 20, 80)).build());
    files.put("zero_filled", new byte[sound.length]);
    List<Outcome> fetched = new ArrayList<>();
    files.forEach((id, bytes) -> fetched.add(fetched(id, bytes)));

    PCollection<Outcome> out =
        scale(pipeline, CropScale8Bit.create().withMaxPixels(400), fetched.toArray(Outcome[]::new));

    PAssert.that(out)
        .satisfies(
            ended -> {
              List<String> ids = new ArrayList<>();
              for (Outcome outcome : ended) {
                Failure failure = outcome.requireFailure();
                ids.add(outcome.getItem().getId());
                assertThat(failure.getFailureClass().label(), is(outcome.getItem().getId()));
                assertThat(failure.getStep(), is("CropScale8Bit"));
                assertThat(failure.getAttempts(), is(2));
                assertThat(failure.getMessage().length(), greaterThanOrEqualTo(10));
                assertThat(outcome.getFacts(), is(FETCHED));
              }
              assertThat(ids.size(), is(6));
              return null;
            });
    pipeline.run();
  }

  @Test
  void everyReasonHasTheClassOfItsName() {
    for (ImageException.Reason reason : ImageException.Reason.values()) {
      assertThat(ImageFailures.classOf(reason).name(), is(reason.name()));
    }
  }

  @Test
  void anImageOfAnotherSizeFailsOnlyIfOneIsExpected(TestPipeline pipeline) {
    byte[] tiff = TiffBuilder.uint8(Pictures.constant(5, 3, 7)).build();

    PCollection<Outcome> out =
        scale(
            pipeline,
            CropScale8Bit.create().withExpectedSize(new ImageSize(3, 5)),
            fetched("a.png", tiff),
            fetched("b.png", TiffBuilder.uint8(Pictures.constant(3, 5, 7)).build()));

    PAssert.that(out)
        .containsInAnyOrder(
            fetched("a.png", tiff)
                .failed(
                    Failure.of(
                        "CropScale8Bit", FailureClass.WRONG_SIZE, "the image is 5x3, not 3x5", 2)),
            scaled("b.png", new byte[15], measures(3, 5, 0, 0, 3, 5, 7, 7, 7, 7)));
    pipeline.run();
  }

  @Test
  void whatHasEndedPassesAsItIs(TestPipeline pipeline) {
    Outcome failed = pending("a").failed(Failure.of("Fetch", FailureClass.MISSING, "gone", 1));
    Outcome before = pending("b").alreadyDone();
    Outcome done = pending("c").done(StoredFile.of("c", 1, "0".repeat(64)), FETCHED);

    PAssert.that(scale(pipeline, CropScale8Bit.create(), failed, before, done))
        .containsInAnyOrder(failed, before, done);
    pipeline.run();
  }

  @Test
  void whatWasDoneBeforeMustHaveTheSizeThatIsExpectedNow() {
    CropScale8Bit step = CropScale8Bit.create().withExpectedSize(new ImageSize(3, 5));
    Facts right =
        FETCHED.toBuilder()
            .setMeasures(Map.of(Measures.IMAGE_WIDTH, 3.0, Measures.IMAGE_HEIGHT, 5.0))
            .build();

    assertThat(step.doneRule().accepts(right), is(true));
    assertThat(step.doneRule().accepts(FETCHED), is(false));
    assertThat(CropScale8Bit.create().doneRule().accepts(FETCHED), is(true));
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    CropScale8Bit step = CropScale8Bit.create();

    for (double percentile : new double[] {-0.1, 50.0001, 100, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> step.withPercentile(percentile));
    }
    assertThrows(IllegalArgumentException.class, () -> step.withCrop(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> step.withCrop(0, -1));
    for (long pixels : new long[] {-1, 0, TiffDecoder.HIGHEST_MAX_PIXELS + 1}) {
      Exception thrown =
          assertThrows(IllegalArgumentException.class, () -> step.withMaxPixels(pixels));
      assertThat(thrown.getMessage(), containsString("maxPixels"));
    }
  }

  @Test
  void settingsAreShown() {
    Map<String, Object> shown = new TreeMap<>();
    DisplayData.from(
            CropScale8Bit.create()
                .withPercentile(2.5)
                .withCrop(640, 480)
                .withMaxPixels(1_000_000)
                .withExpectedSize(new ImageSize(1080, 960)))
        .items()
        .forEach(item -> shown.put(item.getKey(), item.getValue()));

    assertThat(
        shown.entrySet(),
        hasItems(
            Map.entry("percentile", (Object) 2.5),
            Map.entry("width", (Object) 640L),
            Map.entry("height", (Object) 480L),
            Map.entry("maxPixels", (Object) 1_000_000L),
            Map.entry("expectedSize", (Object) "1080x960")));
    List<String> keys = new ArrayList<>();
    DisplayData.from(CropScale8Bit.create()).items().forEach(item -> keys.add(item.getKey()));
    assertThat(keys.contains("expectedSize"), is(false));
  }
}
