package org.cytobeam.pipelines.plate;

import java.util.List;
import java.util.Map;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.pipelines.runner.Lanes;
import org.cytobeam.transforms.flow.HandOut;
import org.cytobeam.transforms.image.CropScale8Bit;
import org.cytobeam.transforms.image.Thumbnails;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.ItemSet;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.plate.PlateSelection;
import org.cytobeam.transforms.plate.PlateTables;
import org.cytobeam.transforms.s3.FetchS3Bytes;
import org.cytobeam.transforms.s3.KeepSourceBytes;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code plate} into one output folder.
 *
 * @param tables the addresses of the tables
 * @param selection what is wanted of them
 * @param run the run and its output folder
 * @param s3 how S3 is spoken to
 * @param scaling how images are cropped and scaled
 * @param thumbnails which images get one
 * @param keepSources whether fetched files are kept
 * @param finalTables the tables of the jobs
 * @param lanes how images are handed out
 * @param workers how many images one process works on at once
 * @param pendingBytes how many bytes of fetched images may wait in one process
 * @param images how many images it is about, as far as the survey could count them
 * @param chosen the images it is about, or null for all that are selected
 */
record PlateJob(
    List<String> tables,
    PlateSelection selection,
    RunSettings run,
    S3Settings s3,
    CropScale8Bit scaling,
    Thumbnails thumbnails,
    boolean keepSources,
    PlateTables finalTables,
    Lanes lanes,
    int workers,
    long pendingBytes,
    long images,
    @Nullable ItemSet chosen) {

  /** Returns the options that have a value which nobody gave: property to value. */
  Map<String, String> settled() {
    return Map.of(
        "outputDir", run.destination().root(),
        "loadDataOutDir", finalTables.tables().root(),
        "channels", String.join(",", selection.channels()),
        "maxWorkers", Integer.toString(workers),
        "maxPendingBytes", Long.toString(pendingBytes));
  }

  HandOut<Outcome> handOut() {
    HandOut<Outcome> inLanes =
        HandOut.<Outcome>byId(image -> image.getItem().getId()).withLanes(lanes.count());
    return lanes.paced()
        ? inLanes.withPendingBytes(pendingBytes, run.run().value())
        : inLanes.unpaced();
  }

  /** Returns whether the job is about an image that its tables name. */
  boolean wants(Item item) {
    return chosen == null || chosen.contains(item.getId());
  }

  /** Returns the files that a done image must have beside its PNG. */
  List<String> filesBeside(Item item) {
    return keepSources ? List.of(KeepSourceBytes.path(item)) : List.of();
  }

  FetchS3Bytes fetch() {
    return FetchS3Bytes.of(run, s3)
        .withInFlight(Math.min(HandOut.DEFAULT_ROWS, workers))
        .withSourceKept(keepSources)
        .withDoneRule(scaling.doneRule())
        .withKeptBetweenTasks(lanes.pause());
  }
}
