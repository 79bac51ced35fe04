package org.cytobeam.transforms.images;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What became of each name, as the {@code download_state.json} of earlier downloaders has it: an
 * object of three lists of names and two times. What is written here has one member more, {@code
 * written_by}: it is told by its manifest what is done, and must not be taken for the state of a
 * downloader that has none.
 *
 * <p>Times are local and without a zone, as Python's {@code datetime.now().isoformat()} gives them.
 *
 * @param downloaded the names whose files were written, sorted
 * @param failed the names whose files could not be had or written, sorted
 * @param skipped the names that nothing in the bucket had, sorted
 * @param startTime when the first run started; null if that is not known
 * @param lastUpdate when the last name ended; null if that is not known
 * @param writtenBy name and version of the program that wrote it; null if it doesn't say
 */
public record DownloadState(
    SortedSet<String> downloaded,
    SortedSet<String> failed,
    SortedSet<String> skipped,
    @Nullable String startTime,
    @Nullable String lastUpdate,
    @Nullable String writtenBy) {

  /** The name of the file in the output folder. */
  public static final String FILE = "download_state.json";

  /** Where a file is kept that has its name and can't be read. */
  public static final String UNREAD = FILE + ".unread";

  static final String DOWNLOADED = "downloaded";
  static final String FAILED = "failed";
  static final String SKIPPED = "skipped";
  static final String START_TIME = "start_time";
  static final String LAST_UPDATE = "last_update";
  static final String WRITTEN_BY = "written_by";

  private static final DateTimeFormatter TO_THE_SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter TO_THE_MICROSECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

  private static final JsonMapper TEXTS =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** Copies the sets. */
  public DownloadState {
    downloaded = Collections.unmodifiableSortedSet(new TreeSet<>(downloaded));
    failed = Collections.unmodifiableSortedSet(new TreeSet<>(failed));
    skipped = Collections.unmodifiableSortedSet(new TreeSet<>(skipped));
  }

  /**
   * Reads a state of any length, which need not fit in memory: what is returned has no names. Lists
   * that it lacks are empty, members that it has beside those known are passed over.
   *
   * @param in not closed
   * @param downloaded is given the names that it calls downloaded, one by one; some also if it then
   *     turns out to be no state
   * @throws DownloadStateException if it is no such state
   * @throws IOException if it can't be read
   */
  public static DownloadState skim(InputStream in, Consumer<String> downloaded) throws IOException {
    return DownloadStateReader.read(
        in,
        (list, name) -> {
          if (list.equals(DOWNLOADED)) {
            downloaded.accept(name);
          }
        });
  }

  /** Returns whether it tells of runs that have a manifest: then nothing is learnt from it. */
  public boolean isOurs() {
    return writtenBy != null;
  }

  /** Returns a time as the state has it. */
  public static String time(Instant instant, ZoneId zone) {
    LocalDateTime local = LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), zone);
    boolean isWhole = local.get(ChronoField.MICRO_OF_SECOND) == 0;
    return (isWhole ? TO_THE_SECOND : TO_THE_MICROSECOND).format(local);
  }

  /**
   * Writes the state as JSON in ASCII, indented by 2 as Python's {@code json.dump} does it; the
   * same state gives the same bytes.
   *
   * @param out flushed and not closed
   */
  public void writeTo(OutputStream out) throws IOException {
    Writer json = new BufferedWriter(new OutputStreamWriter(out, US_ASCII));
    json.write("{\n");
    writeList(json, DOWNLOADED, downloaded);
    writeList(json, FAILED, failed);
    writeList(json, SKIPPED, skipped);
    json.write("  \"" + START_TIME + "\": " + quoted(startTime) + ",\n");
    json.write("  \"" + LAST_UPDATE + "\": " + quoted(lastUpdate));
    if (writtenBy != null) {
      json.write(",\n  \"" + WRITTEN_BY + "\": " + quoted(writtenBy));
    }
    json.write("\n}\n");
    json.flush();
  }

  private static void writeList(Writer json, String member, SortedSet<String> names)
      throws IOException {
    json.write("  \"" + member + "\": [");
    for (Iterator<String> all = names.iterator(); all.hasNext(); ) {
      json.write("\n    " + quoted(all.next()) + (all.hasNext() ? "," : "\n  "));
    }
    json.write("],\n");
  }

  private static String quoted(@Nullable String text) throws IOException {
    return TEXTS.writeValueAsString(text);
  }
}
