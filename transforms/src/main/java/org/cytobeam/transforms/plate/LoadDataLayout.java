package org.cytobeam.transforms.plate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cytobeam.io.table.TableException;
import org.cytobeam.io.table.TableRow;

/**
 * Which columns of a load_data table or job file hold what, and the rows read by it.
 *
 * <p>Two layouts are known, column by column: {@code URL_Orig<channel>}, or {@code
 * PathName_Orig<channel>} and {@code FileName_Orig<channel>}. Other columns are ignored. Cells with
 * the text {@code nan} are empty: some tables were written with every value made text first.
 */
final class LoadDataLayout {

  private static final String URL = "URL_Orig";
  private static final String PATH = "PathName_Orig";
  private static final String FILE = "FileName_Orig";
  private static final List<String> METADATA =
      PlateKeys.OF_SITE.stream().map(LoadDataLayout::metadataColumn).toList();
  private static final String JOB_ID = "job_id";
  private static final String OUTPUT_DIR = "output_dir";
  private static final String FILTER = "filter";
  private static final Set<String> SITE_COLUMNS =
      Stream.concat(METADATA.stream(), Stream.of(JOB_ID, OUTPUT_DIR, FILTER))
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> TRUE = Set.of("true", "1", "1.0", "yes");
  private static final Set<String> FALSE = Set.of("false", "0", "0.0", "no");

  private final String table;
  private final SourceAddresses addresses;
  private final List<String> channels;

  private LoadDataLayout(String table, SourceAddresses addresses, List<String> channels) {
    this.table = table;
    this.addresses = addresses;
    this.channels = channels;
  }

  /** Returns the column of a load_data table that holds a key: {@code Metadata_Plate}, say. */
  static String metadataColumn(String key) {
    return "Metadata_" + key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
  }

  /** Returns the column of a final table that holds the file of a channel. */
  static String fileColumn(String channel) {
    return FILE + channel;
  }

  /** Returns whether a column of that name says anything here; others may hold anything. */
  static boolean isKnown(String column) {
    return SITE_COLUMNS.contains(column)
        || Stream.of(URL, PATH, FILE).anyMatch(prefix -> column.startsWith(prefix));
  }

  /**
   * Returns the layout of a table.
   *
   * @param table the table's name in messages
   * @param columns the columns of the table, those that are {@linkplain #isKnown known} at least
   * @throws TableException if a column that is needed is missing; all of them are named
   */
  static LoadDataLayout of(
      String table, List<String> columns, SourceAddresses addresses, List<String> channels)
      throws TableException {
    List<String> faults = new ArrayList<>();
    List<String> missing = METADATA.stream().filter(c -> !columns.contains(c)).toList();
    if (!missing.isEmpty()) {
      faults.add("there is no column " + String.join(", ", missing));
    }
    List<String> unknown = channels.stream().filter(c -> !hasChannel(columns, c)).toList();
    if (!unknown.isEmpty()) {
      faults.add(
          "there is no URL_Orig… column, nor PathName_Orig… with FileName_Orig…, for channel "
              + String.join(", ", unknown)
              + "; the table has "
              + channelsOf(columns));
    }
    if (!faults.isEmpty()) {
      throw new TableException(table, String.join("; ", faults));
    }
    return new LoadDataLayout(table, addresses, channels);
  }

  private static boolean hasChannel(List<String> columns, String channel) {
    return columns.contains(URL + channel)
        || (columns.contains(PATH + channel) && columns.contains(FILE + channel));
  }

  private static String channelsOf(List<String> columns) {
    Set<String> channels = new LinkedHashSet<>();
    for (String column : columns) {
      for (String prefix : List.of(URL, FILE)) {
        if (column.startsWith(prefix) && hasChannel(columns, column.substring(prefix.length()))) {
          channels.add(column.substring(prefix.length()));
        }
      }
    }
    return channels.isEmpty() ? "no channel at all" : "the channels " + String.join(", ", channels);
  }

  /**
   * Reads a row; one that can't be used has a {@link LoadDataRow#problem()}.
   *
   * @return empty for a row whose {@code filter} is false
   */
  Optional<LoadDataRow> row(TableRow row) {
    String where = table + " " + row.where();
    if (row.problem().isPresent()) {
      return Optional.of(LoadDataRow.unusable(where, row.problem().get()));
    }
    String filter = cell(row, FILTER).orElse("true").toLowerCase(Locale.ROOT);
    if (FALSE.contains(filter)) {
      return Optional.empty();
    }
    try {
      if (!TRUE.contains(filter)) {
        throw new IllegalArgumentException("filter is neither true nor false: \"" + filter + "\"");
      }
      return Optional.of(usable(row, where));
    } catch (IllegalArgumentException e) {
      return Optional.of(LoadDataRow.unusable(where, String.valueOf(e.getMessage())));
    }
  }

  private LoadDataRow usable(TableRow row, String where) {
    String source = metadata(row, PlateKeys.SOURCE);
    String batch = metadata(row, PlateKeys.BATCH);
    String plate = metadata(row, PlateKeys.PLATE);
    return LoadDataRow.builder()
        .setWhere(where)
        .setSource(source)
        .setBatch(batch)
        .setPlate(plate)
        .setWell(metadata(row, PlateKeys.WELL))
        .setSite(metadata(row, PlateKeys.SITE))
        .setJobId(jobId(cell(row, JOB_ID).orElse(source + "__" + batch + "__" + plate)))
        .setOutputDir(cell(row, OUTPUT_DIR).map(LoadDataLayout::folder).orElse(null))
        .setUris(uris(row))
        .build();
  }

  /** A job whose table could not be written at the end is better refused at the start. */
  private static String jobId(String job) {
    try {
      PlateTables.path(job);
      return job;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "job_id can't be the name of a table: " + e.getMessage(), e);
    }
  }

  /** One folder has one name here, so that it is written into by one run. */
  private static String folder(String name) {
    return name.startsWith("s3://")
        ? name.replaceFirst("/+$", "")
        : Path.of(name).normalize().toString();
  }

  private Map<String, String> uris(TableRow row) {
    Map<String, String> uris = new HashMap<>();
    for (String channel : channels) {
      address(row, channel).map(addresses::absolute).ifPresent(uri -> uris.put(channel, uri));
    }
    return uris;
  }

  private static Optional<String> address(TableRow row, String channel) {
    Optional<String> url = cell(row, URL + channel);
    if (url.isPresent()) {
      return url;
    }
    Optional<String> name = cell(row, FILE + channel);
    return cell(row, PATH + channel)
        .flatMap(path -> name.map(file -> SourceAddresses.join(path, file)));
  }

  private static String metadata(TableRow row, String key) {
    String column = metadataColumn(key);
    return cell(row, column).orElseThrow(() -> new IllegalArgumentException(column + " is empty"));
  }

  private static Optional<String> cell(TableRow row, String column) {
    return row.get(column).filter(text -> !text.equals("nan"));
  }
}
