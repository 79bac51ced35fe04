package org.cytobeam.pipelines.plate;

import java.util.List;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.transforms.flow.HandOut;
import org.cytobeam.transforms.image.CropScale8Bit;
import org.cytobeam.transforms.image.Thumbnails;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.plate.PlateSelection;
import org.cytobeam.transforms.plate.PlateTables;
import org.cytobeam.transforms.s3.FetchS3Bytes;
import org.cytobeam.transforms.s3.KeepSourceBytes;

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
 * @param workers how many images one process works on at once
 * @param pendingBytes how many bytes of fetched images may wait in one process
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
    int workers,
    long pendingBytes) {

  /** Of three workers one mostly waits for what two lanes have handed out before. */
  private static final int LANES_PER_3_WORKERS = 2;

  HandOut<Outcome> handOut() {
    return HandOut.<Outcome>byId(image -> image.getItem().getId())
        .withLanes(Math.max(1, workers * LANES_PER_3_WORKERS / 3))
        .withPendingBytes(pendingBytes, run.run().value());
  }

  /** Returns the files that a done image must have beside its PNG. */
  List<String> filesBeside(Item item) {
    return keepSources ? List.of(KeepSourceBytes.path(item)) : List.of();
  }

  FetchS3Bytes fetch() {
    return FetchS3Bytes.of(run, s3)
        .withInFlight(Math.min(HandOut.DEFAULT_ROWS, workers))
        .withSourceKept(keepSources)
        .withDoneRule(scaling.doneRule());
  }
}
