package org.cytobeam.transforms.plate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Proof;
import org.cytobeam.io.destination.SafeName;
import org.cytobeam.io.table.Column;
import org.cytobeam.io.table.ParquetTable;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.flow.SharedDestinations;
import org.cytobeam.transforms.outcome.JobTables;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.outcome.MergedRows;
import org.cytobeam.transforms.outcome.StoredFile;
import org.cytobeam.transforms.outcome.Warning;
import org.jspecify.annotations.Nullable;

/**
 * The final table of each job, {@code final/<job_id>.parquet}: a row a site with the five {@code
 * Metadata_} columns and the file of each channel, empty where the channel failed; sorted by the
 * five, sites by number.
 *
 * <p>A table has all sites of its job that the manifest knows, whichever run fetched them, and the
 * same manifest gives the same bytes.
 *
 * @param images the output folder
 * @param tables the folder of the tables
 * @param relativePaths whether files are named relative to the output folder
 */
public record PlateTables(
    DestinationSettings images, DestinationSettings tables, boolean relativePaths)
    implements JobTables {

  private static final long serialVersionUID = 1L;

  /**
   * Returns the path of the table of a job.
   *
   * @throws IllegalArgumentException if the job's id can't be the name of a file
   */
  static String path(String job) {
    return "final/" + SafeName.encode(job + ".parquet");
  }

  @Override
  public List<Warning> warnings(MergedRows rows) {
    return PlateWarnings.of(rows.all());
  }

  @Override
  public List<StoredFile> write(MergedRows rows) throws IOException {
    Map<String, List<ManifestRow>> byJob = new TreeMap<>();
    rows.ofRun().forEach(id -> jobOf(rows.byId().get(id)).ifPresent(j -> byJob.put(j, noImages())));
    for (ManifestRow row : rows.all()) {
      jobOf(row).map(byJob::get).ifPresent(images -> images.add(row));
    }
    try (Shared.Lease<Destination> imageFolder = SharedDestinations.lease(images);
        Shared.Lease<Destination> folder = SharedDestinations.lease(tables)) {
      Optional<String> place = placeIn(imageFolder.get().root(), folder.get().root());
      List<StoredFile> written = new ArrayList<>();
      for (Map.Entry<String, List<ManifestRow>> job : byJob.entrySet()) {
        Proof proof = write(folder.get(), imageFolder.get(), job.getKey(), job.getValue());
        place.ifPresent(at -> written.add(StoredFile.of(at + path(job.getKey()), proof)));
      }
      folder.get().sync();
      return written;
    }
  }

  /** Returns what leads from the output folder to that of the tables, if it lies in there. */
  private static Optional<String> placeIn(String imageRoot, String tableRoot) {
    return (tableRoot + "/").startsWith(imageRoot + "/")
        ? Optional.of((tableRoot + "/").substring(imageRoot.length() + 1))
        : Optional.empty();
  }

  private static List<ManifestRow> noImages() {
    return new ArrayList<>();
  }

  /** Returns the job of an image; empty for rows of other kinds. */
  private static Optional<String> jobOf(@Nullable ManifestRow row) {
    return row == null
        ? Optional.empty()
        : PlateSite.of(row).map(site -> row.getItem().getKeys().get(PlateKeys.JOB_ID));
  }

  private Proof write(
      Destination folder, Destination imageFolder, String job, List<ManifestRow> rows)
      throws IOException {
    SortedSet<String> channels = new TreeSet<>();
    SortedMap<PlateSite, Map<String, String>> sites = new TreeMap<>();
    for (ManifestRow row : rows) {
      String channel = row.getItem().key(PlateKeys.CHANNEL);
      channels.add(channel);
      PlateSite site = PlateSite.of(row).orElseThrow();
      Map<String, String> files = sites.computeIfAbsent(site, s -> new TreeMap<>());
      if (row.done()) {
        String id = row.getItem().getId();
        files.put(channel, relativePaths ? id : imageFolder.address(id));
      }
    }
    List<Column> columns = new ArrayList<>();
    PlateKeys.OF_SITE.forEach(
        key -> columns.add(Column.string(LoadDataLayout.metadataColumn(key))));
    channels.forEach(channel -> columns.add(Column.string(LoadDataLayout.fileColumn(channel))));
    return folder.put(
        path(job),
        out ->
            ParquetTable.write(
                out,
                columns,
                Map.of(),
                sites.entrySet().stream()
                    .map(e -> cells(e.getKey(), e.getValue(), channels))
                    .iterator()));
  }

  private static List<@Nullable Object> cells(
      PlateSite site, Map<String, String> files, SortedSet<String> channels) {
    List<@Nullable Object> cells = new ArrayList<>();
    site.values().forEach(cells::add);
    channels.forEach(channel -> cells.add(files.get(channel)));
    return cells;
  }
}
