package org.cytobeam.pipelines.plate;

import java.util.List;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.transforms.flow.HandOut;
import org.cytobeam.transforms.image.CropScale8Bit;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.plate.PlateSelection;
import org.cytobeam.transforms.plate.PlateTables;
import org.cytobeam.transforms.s3.FetchS3Bytes;

/**
 * One run of {@code plate} into one output folder.
 *
 * @param tables the addresses of the tables
 * @param selection what is wanted of them
 * @param run the run and its output folder
 * @param s3 how S3 is spoken to
 * @param scaling how images are cropped and scaled
 * @param keepSources whether fetched files are kept
 * @param finalTables the tables of the jobs
 * @param workers how many images one process works on at once
 */
record PlateJob(
    List<String> tables,
    PlateSelection selection,
    RunSettings run,
    S3Settings s3,
    CropScale8Bit scaling,
    boolean keepSources,
    PlateTables finalTables,
    int workers) {

  /** How many lanes each worker has: enough that one is always ready to hand out. */
  private static final int LANES_PER_WORKER = 2;

  int lanes() {
    return LANES_PER_WORKER * workers;
  }

  FetchS3Bytes fetch() {
    return FetchS3Bytes.of(run, s3)
        .withInFlight(Math.min(HandOut.DEFAULT_ROWS, workers))
        .withSourceKept(keepSources)
        .withDoneRule(scaling.doneRule());
  }
}
