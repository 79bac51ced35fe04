package org.cytobeam.pipelines.images;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.pipelines.runner.Lanes;
import org.cytobeam.transforms.flow.HandOut;
import org.cytobeam.transforms.images.AdoptFiles;
import org.cytobeam.transforms.images.CopyObject;
import org.cytobeam.transforms.images.EncodedObjects;
import org.cytobeam.transforms.images.Lookup;
import org.cytobeam.transforms.images.MatchObjects;
import org.cytobeam.transforms.images.MatchRules;
import org.cytobeam.transforms.images.ReadNames;
import org.cytobeam.transforms.images.StoreMatches;
import org.cytobeam.transforms.outcome.ItemSet;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.s3.HeldCredentials;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code images} into one output folder.
 *
 * @param tables the addresses of the tables
 * @param column the column of the names, or null if the tables tell
 * @param rules what a name means
 * @param run the run and its output folder
 * @param plan where what the names mean is kept meanwhile
 * @param s3 how S3 is spoken to
 * @param lookup how objects are found
 * @param encoded what becomes of objects in a coded form
 * @param lanes how rows are handed out
 * @param inFlight how many objects one instance of the copying step fetches at once
 * @param pendingBytes how many bytes of objects may be on their way in one process
 * @param names how many different names there are
 * @param chosen the names it is about, or null for all
 */
record ImagesJob(
    List<String> tables,
    @Nullable String column,
    MatchRules rules,
    RunSettings run,
    PlanPlace plan,
    S3Settings s3,
    Lookup lookup,
    EncodedObjects encoded,
    Lanes lanes,
    int inFlight,
    long pendingBytes,
    long names,
    @Nullable ItemSet chosen) {

  /** A row is 1 kB, and bytes never wait in one: a turn may be long. */
  private static final int ROWS_A_TURN = 256;

  /** Returns the same job with another place for its plan. */
  ImagesJob withPlan(PlanPlace other) {
    return new ImagesJob(
        tables,
        column,
        rules,
        run,
        other,
        s3,
        lookup,
        encoded,
        lanes,
        inFlight,
        pendingBytes,
        names,
        chosen);
  }

  ReadNames read(Optional<HeldCredentials> credentials) {
    return ReadNames.from(tables).withColumn(column).withCredentials(credentials).withOnly(chosen);
  }

  MatchObjects match() {
    return MatchObjects.by(rules, s3).withLookup(lookup).withNames(names).withTables(tables);
  }

  /**
   * Returns the step that stores what the names mean.
   *
   * @param downloaded the names that an earlier downloader says it has fetched
   */
  StoreMatches store(ItemSet downloaded) {
    return StoreMatches.into(run)
        .withPlan(plan.destination(), plan.folder())
        .withTables(tables)
        .withNames(names)
        .withDownloaded(downloaded);
  }

  AdoptFiles adopt(ItemSet downloaded) {
    return AdoptFiles.of(run, downloaded).withContentCoding(encoded);
  }

  HandOut<Outcome> handOut() {
    HandOut<Outcome> inLanes =
        HandOut.<Outcome>byId(image -> image.getItem().getId()).withLanes(lanes.count());
    return lanes.paced() ? inLanes.withRows(ROWS_A_TURN) : inLanes.unpaced();
  }

  CopyObject copy() {
    return CopyObject.of(run, s3)
        .withInFlight(inFlight)
        .withPendingBytes(pendingBytes)
        .withContentCoding(encoded)
        .withKeptBetweenTasks(lanes.pause());
  }

  /** Returns the options that have a value which nobody gave: property to value. */
  Map<String, String> settled() {
    return Map.of(
        "csvFile", tables.stream().collect(Collectors.joining(",")),
        "outputDir", run.destination().root(),
        "s3Prefix", rules.prefix());
  }
}
