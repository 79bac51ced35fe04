package org.cytobeam.transforms.image;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.io.bytes.Hash;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationException;
import org.cytobeam.io.destination.Proof;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.io.png.PngEncoder;
import org.cytobeam.transforms.flow.Breaker;
import org.cytobeam.transforms.flow.Interrupts;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.flow.SharedDestinations;
import org.cytobeam.transforms.flow.Stopwatch;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.FailureLog;
import org.cytobeam.transforms.outcome.Journal;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.RunCounters;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.outcome.StoredFile;
import org.jspecify.annotations.Nullable;

/**
 * Writes each 8-bit image as a PNG under the path that is its id, and writes down in the journal
 * what became of each item, failed ones included.
 *
 * <p>What comes out carries no bytes. At least once and idempotent: the same pixels give the same
 * bytes under the same name, which appears only whole. A destination that takes nothing (a full
 * disk) ends the run.
 */
@AutoValue
public abstract class WritePNG extends PTransform<PCollection<Outcome>, PCollection<Outcome>> {

  /** The name of the step in failures and times. */
  public static final String STEP = "WritePNG";

  abstract RunSettings run();

  abstract Thumbnails thumbnails();

  /** Returns a step that writes into the output folder of a run, without thumbnails. */
  public static WritePNG to(RunSettings run) {
    return new AutoValue_WritePNG(run, Thumbnails.none());
  }

  /**
   * Returns the same step with thumbnails of some images. One is put before its image is written
   * down as done; where that fails, the image fails: it would go the same way on the same disk.
   */
  public final WritePNG withThumbnails(Thumbnails thumbnails) {
    return new AutoValue_WritePNG(run(), thumbnails);
  }

  @Override
  public PCollection<Outcome> expand(PCollection<Outcome> scaled) {
    return scaled.apply("EncodeAndPut", ParDo.of(new EncodeAndPutFn(run(), thumbnails())));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("root", run().destination().root()).withLabel("Output folder"));
  }

  private static final class EncodeAndPutFn extends DoFn<Outcome, Outcome> {

    private static final long serialVersionUID = 1L;

    /** So many files in a row that can't be written are the destination's fault, not theirs. */
    private static final int MOST_FAILED_WRITES = 10;

    private final RunSettings run;
    private final Thumbnails thumbnails;
    private final Counter written = RunCounters.of(RunCounters.ITEMS_DONE);
    private final Counter bytesWritten = RunCounters.of(RunCounters.BYTES_WRITTEN);
    private final Counter failed = RunCounters.of(RunCounters.ITEMS_FAILED);
    private transient Shared.@Nullable Lease<Destination> destination;
    private transient @Nullable Journal journal;
    private transient Breaker writes = new Breaker(MOST_FAILED_WRITES);

    EncodeAndPutFn(RunSettings run, Thumbnails thumbnails) {
      this.run = run;
      this.thumbnails = thumbnails;
    }

    @Setup
    public void open() throws IOException {
      Shared.Lease<Destination> lease = SharedDestinations.lease(run.destination());
      destination = lease;
      journal = new Journal(lease.get(), run);
      writes = new Breaker(MOST_FAILED_WRITES);
    }

    @ProcessElement
    public void process(@Element Outcome outcome, OutputReceiver<Outcome> out) throws IOException {
      if (outcome.getStatus() == Outcome.Status.ALREADY_DONE) {
        out.output(outcome);
        return;
      }
      try {
        Outcome ended = outcome.isPending() ? put(outcome) : outcome;
        opened(journal).append(ended);
        count(ended);
        out.output(ended);
      } catch (DestinationException e) {
        throw new RunAbortedException(String.valueOf(e.getMessage()), e);
      }
    }

    private Outcome put(Outcome outcome) throws IOException {
      Stopwatch watch = new Stopwatch();
      byte[] samples = outcome.requireBytes();
      Map<String, Double> measures = outcome.getFacts().getMeasures();
      Raster pixels =
          Raster.uint8(
              measures.getOrDefault(Measures.CROP_WIDTH, 0.0).intValue(),
              measures.getOrDefault(Measures.CROP_HEIGHT, 0.0).intValue(),
              samples);
      byte[] png = PngEncoder.encode(pixels);
      try {
        Destination folder = opened(destination).get();
        String pixelsSha256 = Hash.SHA256.hex(samples);
        Proof proof = folder.put(outcome.getItem().getId(), png);
        if (thumbnails.include(outcome.getItem())) {
          folder.put(Thumbnails.path(pixelsSha256), Thumbnails.png(pixels));
        }
        Facts facts =
            outcome.getFacts().toBuilder()
                .setPixelsSha256(pixelsSha256)
                .build()
                .withMillis(STEP, watch.millis());
        writes.answered();
        return outcome.done(StoredFile.of(outcome.getItem().getId(), proof), facts);
      } catch (DestinationException e) {
        throw e;
      } catch (IOException e) {
        Interrupts.rethrow(e);
        writes.transientFailure(String.valueOf(e.getMessage()));
        return FailureLog.told(
            outcome.failed(
                Failure.of(STEP, FailureClass.UNWRITABLE, String.valueOf(e.getMessage()), 1)),
            e);
      }
    }

    private void count(Outcome ended) {
      if (ended.getStatus() == Outcome.Status.DONE) {
        written.inc();
        bytesWritten.inc(ended.getFacts().getFiles().get(0).getBytes());
      } else {
        failed.inc();
      }
    }

    /** The names of the step's files last with it, though others may keep the destination open. */
    private void leaveFiles() throws IOException {
      try (Shared.Lease<Destination> lease = opened(destination)) {
        lease.get().sync();
      }
    }

    private static <T> T opened(@Nullable T resource) {
      if (resource == null) {
        throw new IllegalStateException("used before @Setup");
      }
      return resource;
    }

    @Teardown
    public void close() throws IOException {
      try {
        if (journal != null) {
          Interrupts.close(journal);
        }
      } finally {
        if (destination != null) {
          Interrupts.close(this::leaveFiles);
        }
      }
    }
  }
}
