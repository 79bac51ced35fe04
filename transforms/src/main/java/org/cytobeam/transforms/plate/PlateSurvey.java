package org.cytobeam.transforms.plate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.cytobeam.io.destination.SafeName;
import org.cytobeam.io.table.TableException;
import org.cytobeam.transforms.image.Thumbnails;
import org.cytobeam.transforms.outcome.Item;
import org.jspecify.annotations.Nullable;

/**
 * A look at all rows of a plate's tables before anything is started: how much there is to do, and
 * what makes it pointless or dangerous to begin.
 *
 * <p>Holds about 300 bytes a site. A row that can't be read is no reason not to begin: it becomes a
 * failure of the run.
 */
public final class PlateSurvey {

  /**
   * Something that must be mended before a run can start.
   *
   * @param where a table, or a table with a line
   * @param problem what is wrong
   * @param mend what to do about it
   */
  public record Fault(String where, String problem, String mend) {}

  /** The most faults that are listed one by one. */
  private static final int MOST_FAULTS = 20;

  /** Where a site stands, with digests of what identifies it and of what is to be done with it. */
  private record Site(String where, UUID keys, UUID work, long thumbnailHash) {

    static Site of(LoadDataRow row) {
      List<String> keys =
          List.of(row.getSource(), row.getBatch(), row.getPlate(), row.getWell(), row.getSite());
      Stream<String> uris =
          new TreeMap<>(row.getUris())
              .entrySet().stream().flatMap(uri -> Stream.of(uri.getKey(), uri.getValue()));
      return new Site(
          row.getWhere(),
          digest(keys.stream()),
          digest(Stream.concat(Stream.of(row.getJobId()), uris)),
          Thumbnails.hash(keys));
    }

    private static UUID digest(Stream<String> texts) {
      String all = texts.map(text -> text.length() + ":" + text).collect(Collectors.joining());
      return UUID.nameUUIDFromBytes(all.getBytes(UTF_8));
    }
  }

  private record Job(String where, String id, String folder) {}

  private final PlateSelection selection;
  private final @Nullable String outputDir;
  private final List<Fault> faults = new ArrayList<>();
  private final Map<String, Map<UUID, Site>> sitesByOutputDir = new TreeMap<>();
  private final Map<String, Job> jobs = new HashMap<>();
  private final Set<String> clashingJobs = new HashSet<>();
  private final Map<String, String> spreadJobs = new TreeMap<>();
  private @Nullable LoadDataRow firstUnusable;
  private long homeless;
  private long moreFaults;
  private long read;
  private long filtered;
  private long unwanted;
  private long unusable;
  private long merged;

  private PlateSurvey(PlateSelection selection, @Nullable String outputDir) {
    this.selection = selection;
    this.outputDir = outputDir;
  }

  /**
   * Reads all rows of some tables.
   *
   * @param tables addresses, as {@link org.cytobeam.transforms.table.InputTables} gives them
   * @param outputDir the output folder of all rows, or null if each row names its own
   */
  public static PlateSurvey of(
      List<String> tables, PlateSelection selection, @Nullable String outputDir) {
    PlateSurvey survey = new PlateSurvey(selection, outputDir);
    for (String table : tables) {
      survey.add(table);
    }
    survey.judge(tables);
    return survey;
  }

  private void add(String address) {
    ResourceId resource = FileSystems.matchNewResource(address, false);
    try (LoadDataTable table = LoadDataTable.open(resource, selection)) {
      try {
        for (LoadDataRow row = table.next(); row != null; row = table.next()) {
          add(row);
        }
      } finally {
        judgeHomeless(address);
        read += table.read();
        filtered += table.filtered();
        unwanted += table.unwanted();
      }
    } catch (TableException e) {
      fault(
          address,
          withoutName(e, address),
          "mend the table, or check --job_csv_path and --channels");
    } catch (IOException e) {
      fault(address, withoutName(e, address), "check the address, and that it can be reached");
    }
  }

  /** All rows without an output folder are one fault: most often the whole column is missing. */
  private void judgeHomeless(String address) {
    if (homeless > 0) {
      fault(
          address,
          "has no output_dir in " + homeless + (homeless == 1 ? " row" : " rows"),
          "give --output_dir, or fill the column in");
      homeless = 0;
    }
  }

  private static String withoutName(IOException e, String address) {
    String prefix = address + ": ";
    String message = String.valueOf(e.getMessage());
    return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
  }

  private void add(LoadDataRow row) {
    if (row.getProblem() != null) {
      unusable++;
      firstUnusable = firstUnusable == null ? row : firstUnusable;
      return;
    }
    String folder = outputDir == null ? row.getOutputDir() : outputDir;
    if (folder == null) {
      homeless++;
      return;
    }
    addJob(row, folder);
    Map<UUID, Site> sites = sitesByOutputDir.computeIfAbsent(folder, f -> new HashMap<>());
    Site site = Site.of(row);
    Site before = sites.putIfAbsent(key(row), site);
    if (before != null) {
      again(before, site);
    }
  }

  private void addJob(LoadDataRow row, String folder) {
    String table = SafeName.clashKey(PlateTables.path(row.getJobId()));
    Job before = jobs.putIfAbsent(table, new Job(row.getWhere(), row.getJobId(), folder));
    if (before != null && !before.folder().equals(folder)) {
      spreadJobs.putIfAbsent(row.getJobId(), row.getWhere());
    }
    boolean clash = before != null && !before.id().equals(row.getJobId());
    if (clash && clashingJobs.add(row.getJobId())) {
      fault(
          row.getWhere(),
          "the table of its job "
              + row.getJobId()
              + " would have the same name as that of "
              + before.id()
              + ", "
              + before.where(),
          "rename one of the two");
    }
  }

  /** Sites whose files would have the same name on some file system have the same key. */
  private static UUID key(LoadDataRow row) {
    String key;
    try {
      key = SafeName.clashKey(PlateImages.path(row, "any"));
    } catch (IllegalArgumentException e) {
      key = row.getWhere();
    }
    return UUID.nameUUIDFromBytes(key.getBytes(UTF_8));
  }

  private void again(Site before, Site site) {
    if (!before.keys().equals(site.keys())) {
      fault(
          site.where(),
          "its files would have the same names as those of " + before.where(),
          "rename one of the two");
    } else if (before.work().equals(site.work())) {
      merged++;
    } else {
      fault(
          site.where(),
          "is the same site as " + before.where() + ", but with other images or another job",
          "keep one of the two");
    }
  }

  private void judge(List<String> tables) {
    String where = tables.size() == 1 ? tables.get(0) : tables.size() + " tables";
    if (!faults.isEmpty()) {
      return;
    }
    if (read == 0) {
      fault(where, "has no rows", "check that the table is whole");
    } else if (sitesByOutputDir.isEmpty() && unusable == 0 && unwanted > 0) {
      fault(
          where,
          "none of its " + read + " rows has a wanted well and site",
          "check --wells and --sites");
    } else if (outputDir == null && sitesByOutputDir.isEmpty() && firstUnusable != null) {
      fault(
          firstUnusable.getWhere(),
          "can't be used, and neither can any other row: " + firstUnusable.getProblem(),
          "mend the table");
    }
  }

  private void fault(String where, String problem, String mend) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(new Fault(where, problem, mend));
    } else {
      moreFaults++;
    }
  }

  /** Returns what must be mended before a run can start, the first of them if they are many. */
  public List<Fault> faults() {
    return List.copyOf(faults);
  }

  /** Returns how many faults there are beside those listed. */
  public long moreFaults() {
    return moreFaults;
  }

  /** Returns the jobs whose rows go to more than one output folder, with a row of each. */
  public Map<String, String> spreadJobs() {
    return Map.copyOf(spreadJobs);
  }

  /** Returns the output folders, sorted. */
  public List<String> outputDirs() {
    return List.copyOf(sitesByOutputDir.keySet());
  }

  /** Returns how many sites go to a folder. */
  public long sites(String outputDir) {
    return sitesByOutputDir.getOrDefault(outputDir, Map.of()).size();
  }

  /**
   * Returns the choice of so many sites of a folder for thumbnails, or of all if they are fewer.
   */
  public Thumbnails thumbnails(String outputDir, int sites) {
    return thumbnails(
        sitesByOutputDir.getOrDefault(outputDir, Map.of()).values().stream()
            .map(Site::thumbnailHash)
            .toList(),
        sites);
  }

  /**
   * Returns the choice of so many of some sites for thumbnails, or of all if they are fewer.
   *
   * @param hashes of the sites, as {@link #thumbnailHash} gives them
   */
  public static Thumbnails thumbnails(Collection<Long> hashes, int sites) {
    long highest =
        hashes.stream().mapToLong(Long::longValue).sorted().limit(sites).max().orElse(-1);
    return new Thumbnails(PlateKeys.OF_SITE, highest);
  }

  /** Returns what decides whether the site of an image gets thumbnails; empty if it has no site. */
  public static Optional<Long> thumbnailHash(Item image) {
    return image.getKeys().keySet().containsAll(PlateKeys.OF_SITE)
        ? Optional.of(Thumbnails.hash(PlateKeys.OF_SITE.stream().map(image::key).toList()))
        : Optional.empty();
  }

  /** Returns how many jobs the rows belong to. */
  public long jobs() {
    return jobs.size();
  }

  /** Returns how many rows there are. */
  public long read() {
    return read;
  }

  /** Returns how many rows have a false {@code filter}. */
  public long filtered() {
    return filtered;
  }

  /** Returns how many rows are of wells or sites that are not wanted. */
  public long unwanted() {
    return unwanted;
  }

  /** Returns how many rows can't be used. */
  public long unusable() {
    return unusable;
  }

  /** Returns how many rows were equal to another. */
  public long merged() {
    return merged;
  }
}
