package org.cytobeam.transforms.image;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.CropBox;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.PercentileScaling;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.io.pixels.ScaledImage;
import org.cytobeam.io.tiff.TiffDecoder;
import org.cytobeam.io.tiff.TiffImage;
import org.cytobeam.transforms.flow.Stopwatch;
import org.cytobeam.transforms.outcome.DoneRule;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.FailureLog;
import org.cytobeam.transforms.outcome.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Decodes each TIFF, crops its centre, and scales the crop to 8 bits by its own percentiles.
 *
 * <p>The bytes that come in are a file; those that go out are samples, row by row, whose width and
 * height stand in {@link Measures#CROP_WIDTH} and {@link Measures#CROP_HEIGHT}. The samples equal
 * numpy 1.24's on every pixel. An image that can't be decoded becomes a failed outcome; others pass
 * unchanged. One output, no state: any parallelism, any order.
 */
@AutoValue
public abstract class CropScale8Bit extends PTransform<PCollection<Outcome>, PCollection<Outcome>> {

  /** The name of the step in failures and times. */
  public static final String STEP = "CropScale8Bit";

  abstract double percentile();

  abstract int width();

  abstract int height();

  abstract long maxPixels();

  abstract @Nullable ImageSize expectedSize();

  abstract Builder toBuilder();

  /** Sets the fields. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setPercentile(double percentile);

    abstract Builder setWidth(int width);

    abstract Builder setHeight(int height);

    abstract Builder setMaxPixels(long maxPixels);

    abstract Builder setExpectedSize(@Nullable ImageSize size);

    abstract CropScale8Bit build();
  }

  /** Returns a step that keeps the whole image and scales between its 1st and 99th percentiles. */
  public static CropScale8Bit create() {
    return new AutoValue_CropScale8Bit.Builder()
        .setPercentile(1)
        .setWidth(0)
        .setHeight(0)
        .setMaxPixels(TiffDecoder.DEFAULT_MAX_PIXELS)
        .build();
  }

  /** Sets the percentile that becomes 0, 0 to 50; 100 minus it becomes 255. */
  public CropScale8Bit withPercentile(double percentile) {
    new PercentileScaling(percentile);
    return toBuilder().setPercentile(percentile).build();
  }

  /** Sets the size of the crop; 0, or more than the image has, leaves that axis whole. */
  public CropScale8Bit withCrop(int width, int height) {
    if (width < 0 || height < 0) {
      throw new IllegalArgumentException("a crop can't be " + width + " × " + height);
    }
    return toBuilder().setWidth(width).setHeight(height).build();
  }

  /**
   * Sets how many pixels an image may have, 1 to {@link TiffDecoder#HIGHEST_MAX_PIXELS}; a larger
   * one fails before anything is allocated.
   */
  public CropScale8Bit withMaxPixels(long maxPixels) {
    new TiffDecoder(maxPixels);
    return toBuilder().setMaxPixels(maxPixels).build();
  }

  /** Sets the size that every image must have, or null for any. */
  public CropScale8Bit withExpectedSize(@Nullable ImageSize size) {
    return toBuilder().setExpectedSize(size).build();
  }

  /** Returns how many pixels a crop has at most; 0 if it may be as large as the image. */
  public long cropPixels() {
    return (long) width() * height();
  }

  /** Returns what an image that was done before must satisfy, to count as done by this step. */
  public DoneRule doneRule() {
    ImageSize size = expectedSize();
    return size == null ? DoneRule.none() : new ExpectedSize(size);
  }

  @Override
  public PCollection<Outcome> expand(PCollection<Outcome> fetched) {
    return fetched.apply("DecodeCropScale", ParDo.of(new DecodeCropScaleFn(this)));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("percentile", percentile()).withLabel("Percentile that becomes 0"))
        .add(DisplayData.item("width", width()).withLabel("Width of the crop"))
        .add(DisplayData.item("height", height()).withLabel("Height of the crop"))
        .add(DisplayData.item("maxPixels", maxPixels()).withLabel("Most pixels an image may have"))
        .addIfNotNull(
            DisplayData.item("expectedSize", expectedSize() == null ? null : "" + expectedSize())
                .withLabel("Size of every image"));
  }

  private static final class DecodeCropScaleFn extends DoFn<Outcome, Outcome> {

    private static final long serialVersionUID = 1L;

    private final double percentile;
    private final int width;
    private final int height;
    private final long maxPixels;
    private final @Nullable ImageSize expectedSize;

    DecodeCropScaleFn(CropScale8Bit step) {
      this.percentile = step.percentile();
      this.width = step.width();
      this.height = step.height();
      this.maxPixels = step.maxPixels();
      this.expectedSize = step.expectedSize();
    }

    @ProcessElement
    public void process(@Element Outcome outcome, OutputReceiver<Outcome> out) throws IOException {
      out.output(outcome.isPending() ? scaled(outcome) : outcome);
    }

    private Outcome scaled(Outcome outcome) throws IOException {
      Stopwatch watch = new Stopwatch();
      TiffDecoder decoder = new TiffDecoder(maxPixels);
      try {
        TiffImage image = decoder.open(ByteRanges.of(outcome.requireBytes()));
        if (expectedSize != null
            && (image.width() != expectedSize.width() || image.height() != expectedSize.height())) {
          return failed(
              outcome,
              FailureClass.WRONG_SIZE,
              "the image is "
                  + new ImageSize(image.width(), image.height())
                  + ", not "
                  + expectedSize,
              null);
        }
        CropBox crop = CropBox.centred(image.width(), image.height(), width, height);
        Raster rows = image.readRows(crop.y(), crop.height());
        ScaledImage scaled = new PercentileScaling(percentile).apply(rows, crop.y(), crop);
        return outcome.withBytes(
            scaled.pixels().bytes(),
            facts(outcome.getFacts(), image, scaled).withMillis(STEP, watch.millis()));
      } catch (ImageException e) {
        return failed(
            outcome, ImageFailures.classOf(e.reason()), String.valueOf(e.getMessage()), e);
      }
    }

    private static Facts facts(Facts facts, TiffImage image, ScaledImage scaled) {
      Map<String, Double> measures = new HashMap<>(facts.getMeasures());
      measures.put(Measures.IMAGE_WIDTH, (double) image.width());
      measures.put(Measures.IMAGE_HEIGHT, (double) image.height());
      measures.put(Measures.CROP_X, (double) scaled.crop().x());
      measures.put(Measures.CROP_Y, (double) scaled.crop().y());
      measures.put(Measures.CROP_WIDTH, (double) scaled.crop().width());
      measures.put(Measures.CROP_HEIGHT, (double) scaled.crop().height());
      measures.put(Measures.WINDOW_LOW, scaled.window().low());
      measures.put(Measures.WINDOW_HIGH, scaled.window().high());
      measures.put(Measures.SAMPLE_MIN, (double) scaled.min());
      measures.put(Measures.SAMPLE_MAX, (double) scaled.max());
      return facts.toBuilder().setMeasures(measures).build();
    }

    private static Outcome failed(
        Outcome outcome,
        FailureClass failureClass,
        String message,
        @Nullable ImageException cause) {
      int attempts = Math.max(1, outcome.getFacts().getAttempts());
      return FailureLog.told(
          outcome.failed(Failure.of(STEP, failureClass, message, attempts)), cause);
    }
  }
}
