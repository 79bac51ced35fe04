package org.cytobeam.transforms.plate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.SafeName;
import org.cytobeam.io.table.Column;
import org.cytobeam.io.table.ParquetTable;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.flow.SharedDestinations;
import org.cytobeam.transforms.outcome.JobTables;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.outcome.MergedRows;
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

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Comparator<String> NUMBERS_FIRST =
      Comparator.comparingLong(PlateTables::number).thenComparing(Comparator.naturalOrder());
  private static final Comparator<Site> BY_KEYS =
      Comparator.comparing(Site::source)
          .thenComparing(Site::batch)
          .thenComparing(Site::plate)
          .thenComparing(Site::well)
          .thenComparing(Site::site, NUMBERS_FIRST);

  private record Site(String source, String batch, String plate, String well, String site) {

    static Site of(ManifestRow row) {
      return new Site(
          row.getItem().key(PlateKeys.SOURCE),
          row.getItem().key(PlateKeys.BATCH),
          row.getItem().key(PlateKeys.PLATE),
          row.getItem().key(PlateKeys.WELL),
          row.getItem().key(PlateKeys.SITE));
    }
  }

  private static long number(String site) {
    return NUMBER.matcher(site).matches() ? Long.parseLong(site) : Long.MAX_VALUE;
  }

  @Override
  public List<Warning> warnings(MergedRows rows) {
    return PlateWarnings.of(rows.all());
  }

  @Override
  public void write(MergedRows rows) throws IOException {
    SortedSet<String> jobs = new TreeSet<>();
    for (String id : rows.ofRun()) {
      @Nullable ManifestRow row = rows.byId().get(id);
      if (row != null && row.getItem().getKeys().containsKey(PlateKeys.JOB_ID)) {
        jobs.add(row.getItem().key(PlateKeys.JOB_ID));
      }
    }
    SortedMap<String, List<ManifestRow>> byJob = new TreeMap<>();
    for (ManifestRow row : rows.all()) {
      @Nullable String job = row.getItem().getKeys().get(PlateKeys.JOB_ID);
      if (job != null && jobs.contains(job)) {
        byJob.computeIfAbsent(job, j -> new ArrayList<>()).add(row);
      }
    }
    try (Shared.Lease<Destination> imageFolder = SharedDestinations.lease(images);
        Shared.Lease<Destination> folder = SharedDestinations.lease(tables)) {
      for (Map.Entry<String, List<ManifestRow>> job : byJob.entrySet()) {
        write(folder.get(), imageFolder.get(), job.getKey(), job.getValue());
      }
      folder.get().sync();
    }
  }

  private void write(
      Destination folder, Destination imageFolder, String job, List<ManifestRow> rows)
      throws IOException {
    SortedSet<String> channels = new TreeSet<>();
    SortedMap<Site, Map<String, String>> sites = new TreeMap<>(BY_KEYS);
    for (ManifestRow row : rows) {
      String channel = row.getItem().key(PlateKeys.CHANNEL);
      channels.add(channel);
      Map<String, String> files = sites.computeIfAbsent(Site.of(row), s -> new TreeMap<>());
      if (row.done()) {
        String id = row.getItem().getId();
        files.put(channel, relativePaths ? id : imageFolder.address(id));
      }
    }
    List<Column> columns = new ArrayList<>();
    PlateKeys.OF_SITE.forEach(
        key -> columns.add(Column.string(LoadDataLayout.metadataColumn(key))));
    channels.forEach(channel -> columns.add(Column.string(LoadDataLayout.fileColumn(channel))));
    folder.put(
        "final/" + SafeName.encode(job) + ".parquet",
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
      Site site, Map<String, String> files, SortedSet<String> channels) {
    List<@Nullable Object> cells = new ArrayList<>();
    cells.addAll(List.of(site.source(), site.batch(), site.plate(), site.well(), site.site()));
    channels.forEach(channel -> cells.add(files.get(channel)));
    return cells;
  }
}
