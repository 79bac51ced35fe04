package org.cytobeam.transforms.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.flow.SharedDestinations;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.JobTables;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.outcome.MergedRows;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.outcome.StoredFile;
import org.cytobeam.transforms.outcome.Warning;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code download_state.json} of an output folder, for programs that read that of earlier
 * downloaders, and a warning of each empty file.
 *
 * <p>The state has all names of this job that the manifest knows, whichever run was about them, by
 * {@link ImageKeys#NAME}: done ones are downloaded, missing ones skipped, all others failed. Of a
 * name that stands for several objects all must be done. If this run was about a name, what earlier
 * runs made of it under other file names doesn't count.
 *
 * <p>The same rows give the same bytes in a time zone: {@code last_update} is not when the file was
 * written but when the last of the names ended, so that a run which had nothing to do changes
 * nothing. {@code start_time} is kept from the file before, whoever wrote it; if there is none it
 * is when this run started. A file of that name that can't be read is kept as {@link
 * DownloadState#UNREAD}.
 *
 * @param run the run
 * @param writtenBy name and version of the program
 */
public record ImageTables(RunSettings run, String writtenBy) implements JobTables {

  /** The kind of a warning of a file without bytes. */
  public static final String EMPTY_FILE = "empty_file";

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ImageTables.class);

  /** What is known of one name. */
  private record Name(boolean isOfRun, boolean isDone, boolean isMissing) {

    static Name of(ManifestRow row, boolean isOfRun) {
      Failure failure = row.getFailure();
      boolean isMissing = failure != null && failure.getFailureClass() == FailureClass.MISSING;
      return new Name(isOfRun, row.done(), isMissing);
    }

    Name with(Name other) {
      if (isOfRun != other.isOfRun) {
        return isOfRun ? this : other;
      }
      return new Name(isOfRun, isDone && other.isDone, isMissing && other.isMissing);
    }
  }

  @Override
  public List<Warning> warnings(MergedRows rows) {
    return rows.all().stream()
        .filter(row -> nameOf(row) != null && row.done() && isEmpty(row))
        .map(ImageTables::emptyFile)
        .toList();
  }

  private static boolean isEmpty(ManifestRow row) {
    return row.getFacts().getFiles().stream().anyMatch(file -> file.getBytes() == 0);
  }

  private static Warning emptyFile(ManifestRow row) {
    return Warning.of(EMPTY_FILE, row.getItem().getId(), row.getItem().getUri() + " has no bytes");
  }

  @Override
  public List<StoredFile> write(MergedRows rows) throws IOException {
    try (Shared.Lease<Destination> folder = SharedDestinations.lease(run.destination())) {
      DownloadState state = state(rows, startTime(folder.get()), ZoneId.systemDefault());
      return List.of(
          StoredFile.of(DownloadState.FILE, folder.get().put(DownloadState.FILE, state::writeTo)));
    }
  }

  /** Returns the state of all names of this job. */
  DownloadState state(MergedRows rows, @Nullable String startTime, ZoneId zone) {
    Map<String, Name> names = new TreeMap<>();
    for (ManifestRow row : rows.all()) {
      String name = nameOf(row);
      if (name != null) {
        boolean isOfRun = rows.ofRun().contains(row.getItem().getId());
        names.merge(name, Name.of(row, isOfRun), Name::with);
      }
    }
    SortedSet<String> downloaded = new TreeSet<>();
    SortedSet<String> failed = new TreeSet<>();
    SortedSet<String> skipped = new TreeSet<>();
    names.forEach(
        (name, what) ->
            (what.isDone() ? downloaded : what.isMissing() ? skipped : failed).add(name));
    return new DownloadState(
        downloaded,
        failed,
        skipped,
        startTime == null ? DownloadState.time(run.run().start(), zone) : startTime,
        DownloadState.time(lastUpdate(rows), zone),
        writtenBy);
  }

  /** Returns when the last of the names ended; where none did, when the run started. */
  private Instant lastUpdate(MergedRows rows) {
    return rows.all().stream()
        .filter(row -> nameOf(row) != null)
        .map(row -> Instant.ofEpochMilli(row.getAt()))
        .max(Instant::compareTo)
        .orElse(run.run().start());
  }

  private static @Nullable String nameOf(ManifestRow row) {
    return row.getItem().getKeys().get(ImageKeys.NAME);
  }

  /** A state that can't be read is replaced, for the manifest knows better, but not lost. */
  private static @Nullable String startTime(Destination folder) throws IOException {
    try (InputStream in = folder.open(DownloadState.FILE)) {
      return DownloadState.skim(in, name -> {}).startTime();
    } catch (NoSuchFileException e) {
      return null;
    } catch (DownloadStateException e) {
      keepUnread(folder);
      LOG.warn(
          "{} can't be read, and is kept as {}: {}",
          folder.address(DownloadState.FILE),
          DownloadState.UNREAD,
          e.getMessage());
      return null;
    }
  }

  private static void keepUnread(Destination folder) throws IOException {
    try (InputStream in = folder.open(DownloadState.FILE)) {
      folder.put(DownloadState.UNREAD, in::transferTo);
    }
  }
}
