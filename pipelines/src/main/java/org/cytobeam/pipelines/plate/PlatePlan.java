package org.cytobeam.pipelines.plate;

import java.io.IOException;
import java.util.List;
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

  private final PlateJob job;
  private final DoneIndex index;
  private final LengthSample sample = new LengthSample();
  private long images;
  private long done;
  private long unusable;

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
      PlateItems.forEach(job.tables(), job.selection(), plan::add);
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
    } else if (index.proves(item, job.filesBeside(item))) {
      done++;
    } else {
      sample.offer(item.getUri());
    }
    return true;
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
