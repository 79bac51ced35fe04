package org.cytobeam.pipelines.plate;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.pipelines.plan.Estimate;
import org.cytobeam.pipelines.plan.LengthSample;
import org.cytobeam.pipelines.plan.RunPlan;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.flow.SharedDestinations;
import org.cytobeam.transforms.outcome.DamagedManifestException;
import org.cytobeam.transforms.outcome.DoneIndex;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.plate.PlateItems;
import org.cytobeam.transforms.s3.SourceLengths;

/** Finds out what a run of {@code plate} would do, and does none of it. */
final class PlatePlan {

  /** Bytes of PNG a pixel: noise of 8 bits, half of it lost in the scaling, as JUMP images have. */
  private static final double PNG_BYTES_A_PIXEL = 0.4;

  /** Where the whole image is kept: 8 bits for 16, compressed as before. */
  private static final double PNG_BYTES_A_SOURCE_BYTE = 0.5;

  /** How many files are looked at together. */
  private static final int LOOKING = 32;

  private static final int ASKED_AT_ONCE = 1024;

  private final PlateJob job;
  private final DoneIndex index;
  private final LengthSample sample = new LengthSample();
  private final List<Item> asked = new ArrayList<>();
  private final ExecutorService looking = Executors.newFixedThreadPool(LOOKING, PlatePlan::thread);
  private long images;
  private long done;
  private long unusable;

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "plan");
    thread.setDaemon(true);
    return thread;
  }

  private PlatePlan(PlateJob job, DoneIndex index) {
    this.job = job;
    this.index = index;
  }

  /**
   * Reads the tables, looks at the output folder, and asks a few sources how long they are.
   *
   * @throws MistakesException if the manifest of the output folder is damaged
   */
  static RunPlan of(PlateJob job) throws IOException, MistakesException {
    try (Shared.Lease<Destination> folder = SharedDestinations.lease(job.run().destination())) {
      DoneIndex index = DoneIndex.load(folder.get(), job.run(), job.scaling().doneRule());
      PlatePlan plan = new PlatePlan(job, index);
      try {
        PlateItems.forEach(job.tables(), job.selection(), plan::add);
        plan.look();
      } finally {
        plan.looking.shutdownNow();
      }
      return plan.estimated();
    } catch (DamagedManifestException e) {
      throw new MistakesException(
          List.of(Mistake.at(e.manifest(), e.problem(), DamagedManifestException.MEND)));
    }
  }

  private boolean add(Outcome image) throws IOException {
    Item item = image.getItem();
    if (!job.wants(item)) {
      return true;
    }
    images++;
    if (!image.isPending()) {
      unusable++;
      return true;
    }
    asked.add(item);
    if (asked.size() == ASKED_AT_ONCE) {
      look();
    }
    return true;
  }

  /** Looks at the files of some images: mostly waiting, for a disk or a server. */
  private void look() throws IOException {
    List<Future<Boolean>> answers = new ArrayList<>();
    for (Item item : asked) {
      answers.add(looking.submit(() -> index.proves(item, job.filesBeside(item))));
    }
    for (int i = 0; i < answers.size(); i++) {
      if (isTrue(answers.get(i))) {
        done++;
      } else {
        sample.offer(asked.get(i).getUri());
      }
    }
    asked.clear();
  }

  private static boolean isTrue(Future<Boolean> answer) throws IOException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IOException("the output folder can't be looked at: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while files were looked at");
    }
  }

  private RunPlan estimated() throws IOException {
    try (SourceLengths lengths = new SourceLengths(job.s3())) {
      Estimate fetch = sample.estimate(lengths);
      String root = job.run().destination().root();
      return new RunPlan(
          root,
          images,
          done,
          unusable,
          fetch,
          written(fetch),
          Destinations.room(root),
          Runtime.getRuntime().availableProcessors());
    }
  }

  private long written(Estimate fetch) {
    double pngs = PNG_BYTES_A_SOURCE_BYTE * fetch.bytes();
    long cropped = job.scaling().cropPixels();
    if (cropped > 0) {
      pngs = Math.min(pngs, PNG_BYTES_A_PIXEL * cropped * fetch.sources());
    }
    return Math.round(pngs) + (job.keepSources() ? fetch.bytes() : 0);
  }
}
