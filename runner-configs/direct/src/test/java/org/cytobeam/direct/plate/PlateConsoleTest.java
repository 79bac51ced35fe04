package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cytobeam.testing.plate.CleanJvm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of {@code plate} while it runs, and what its log keeps. */
class PlateConsoleTest {

  private static final int SITES = 30;
  private static final String ERASE = "\r\u001b[K";

  @TempDir private Path folder;
  private Path table;
  private Path out;

  @BeforeEach
  void nameImagesThatAreNoTiffs() throws IOException {
    LoadData rows = LoadData.ofChannels("DNA");
    for (int site = 0; site < SITES; site++) {
      Path image = Files.writeString(folder.resolve(site + ".tif"), "site " + site);
      rows.site("A01", Integer.toString(site), image.toUri().toString());
    }
    table = rows.write(folder.resolve("load_data.csv"));
    out = folder.resolve("out");
  }

  private CleanJvm.Ended plate(Map<String, String> environment, String... more)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "plate",
                "--job_csv_path",
                table.toString(),
                "--output_dir",
                out.toString(),
                "--channels",
                "DNA"));
    arguments.addAll(List.of(more));
    Path home = Files.createDirectories(folder.resolve("home"));
    return CleanJvm.run(home, environment, arguments);
  }

  private List<String> log(String name) throws IOException {
    try (Stream<Path> files = Files.walk(out.resolve("_cytobeam/runs"))) {
      List<Path> found = files.filter(file -> file.endsWith("logs/" + name)).toList();
      assertThat(found, hasSize(1));
      return Files.readAllLines(found.get(0));
    }
  }

  @Test
  void theConsoleHasTheFirstFailuresAndTheLogEachOnceWithItsStackTrace() throws Exception {
    CleanJvm.Ended ended = plate(Map.of());

    List<String> told = ended.err().lines().toList();
    assertThat(ended.code(), is(3));
    assertThat(told, hasSize(21));
    assertThat(
        told.stream().filter(line -> !line.contains("More items failed")).toList(),
        everyItem(
            allOf(
                startsWith("WARN  not_an_image: file:///"),
                containsString(".tif: not a TIFF: the file looks like text"))));
    List<String> log = log("run.log");
    for (int site = 0; site < SITES; site++) {
      String uri = folder.resolve(site + ".tif").toUri().toString();
      String failure = "FailureLog - not_an_image: " + uri + ": ";
      List<Integer> lines = new ArrayList<>();
      for (int line = 0; line < log.size(); line++) {
        if (log.get(line).contains(failure)) {
          lines.add(line);
        }
      }
      assertThat(failure, lines, hasSize(1));
      assertThat(log.get(lines.get(0) + 1), startsWith("org.cytobeam.io.pixels.ImageException: "));
    }
  }

  @Test
  void theLogIsJsonOnRequest() throws Exception {
    plate(Map.of(), "--log_format", "json");

    int failures = 0;
    for (String line : log("run.jsonl")) {
      JsonNode event = new ObjectMapper().readTree(line);
      if (event.path("message").asText().startsWith("not_an_image: file:///")) {
        assertThat(event.path("exception").asText(), containsString("\n\tat org.cytobeam.io."));
        failures++;
      }
    }
    assertThat(failures, is(SITES));
  }

  @Test
  void onATerminalABarGrowsBelowTheFailuresAndIsGoneAtTheEnd() throws Exception {
    CleanJvm.Ended ended = plate(Map.of("CYTOBEAM_TERMINAL", "1", "COLUMNS", "120"));

    assertThat(ended.err(), containsString("░░  0 of 30 (0 %)  starting"));
    assertThat(ended.err(), containsString(ERASE + "WARN  not_an_image: "));
    assertThat(lastLine(ended.err()), equalTo(""));
    assertThat(ended.out(), startsWith("30 items: 0 done, 0 already done, 30 failed\n"));
  }

  @Test
  void aQuietRunShowsNoBar() throws Exception {
    CleanJvm.Ended ended = plate(Map.of("CYTOBEAM_TERMINAL", "1"), "--quiet");

    assertThat(ended.err().lines().toList(), everyItem(startsWith("WARN  ")));
  }

  /** Returns what a terminal shows in its last line. */
  private static String lastLine(String written) {
    String line = written.substring(written.lastIndexOf('\n') + 1);
    return line.substring(line.lastIndexOf(ERASE) + ERASE.length());
  }
}
