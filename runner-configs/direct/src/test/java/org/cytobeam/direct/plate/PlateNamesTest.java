package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cytobeam.io.destination.SafeName;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.Tree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault S1 through the whole command: whatever a table calls its things stays in the folder. */
final class PlateNamesTest {

  private static final List<String> NAMES =
      List.of(
          "..",
          "../../../../../../tmp/evil",
          "/etc/passwd",
          "C:\\x",
          "\\\\host\\share",
          "a\nb",
          "CON",
          "nul.txt",
          "trailing.",
          "trailing ",
          " leading",
          "a:b",
          "a#b",
          "a?b",
          "%2e%2e",
          "a*b",
          "-rf",
          "_cytobeam",
          ".hidden",
          "\ud83d\ude00",
          "e\u0301");

  @TempDir private Path folder;

  @Test
  void everyNameStaysInsideAndCanBeReadBack() throws Exception {
    TinyImages.write(folder.resolve("in"), 1);
    LoadData table = LoadData.ofChannels("DNA");
    for (String name : NAMES) {
      table.row(Map.of("Metadata_Source", name), "0.tif");
      table.row(Map.of("Metadata_Batch", name), "0.tif");
      table.row(Map.of("Metadata_Plate", name), "0.tif");
      table.row(Map.of("Metadata_Well", name), "0.tif");
      table.row(Map.of("Metadata_Site", name), "0.tif");
    }
    Path csv = table.write(folder.resolve("in/load_data.csv"));
    Path out = folder.resolve("deep/deeper/out");

    CommandRun run = CommandRun.plate(csv, out, "--channels=DNA");

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(
        run.out(), containsString(5 * NAMES.size() + " items: " + 5 * NAMES.size() + " done"));
    assertThat(
        Tree.paths(folder).stream().filter(path -> !path.startsWith("deep/deeper/out/")).toList(),
        is(List.of("in/0.tif", "in/load_data.csv")));
    List<String> read = new ArrayList<>();
    try (Stream<Path> sources = Files.list(out)) {
      sources
          .map(path -> path.getFileName().toString())
          .filter(name -> !List.of("_cytobeam", "load_data", "source_0").contains(name))
          .map(SafeName::decode)
          .forEach(read::add);
    }
    assertThat(read.stream().sorted().toList(), is(NAMES.stream().sorted().toList()));
    CommandRun again = CommandRun.plate(csv, out, "--channels=DNA");
    assertThat(again.out(), containsString(": 0 done, " + 5 * NAMES.size() + " already done"));
  }

  @Test
  void namesThatNoFileCanHaveFailByThemselves() throws Exception {
    TinyImages.write(folder.resolve("in"), 1);
    Path csv =
        LoadData.ofChannels("DNA")
            .site("A01", "1", "0.tif")
            .site("w".repeat(300), "2", "0.tif")
            .row(
                Map.of("Metadata_Batch", "b".repeat(200), "Metadata_Plate", "p".repeat(200)),
                "0.tif")
            .site("A\u000001", "4", "0.tif")
            .write(folder.resolve("in/load_data.csv"));
    Path out = folder.resolve("out");

    CommandRun run = CommandRun.plate(csv, out, "--channels=DNA");

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(run.out(), containsString("4 items: 1 done, 0 already done, 3 failed"));
    List<Map<String, String>> failures = Records.failures(out);
    assertThat(failures, hasSize(3));
    assertThat(
        failures.stream()
            .map(row -> row.getOrDefault("input", "").replaceAll(".* ", ""))
            .sorted()
            .toList(),
        is(List.of("3", "4", "5")));
  }

  /** An address is data too: it names a file to read, which nothing is written to. */
  @Test
  void addressesOfFilesMayHaveAnyCharacters() throws Exception {
    List<String> names =
        List.of("a b.tif", "a#b.tif", "a?b.tif", "100%.tif", "\u00e9\ud83d\ude00.tif");
    LoadData table = LoadData.ofColumns("FileName_OrigDNA", "PathName_OrigDNA");
    Path images = Files.createDirectory(folder.resolve("My Images #1"));
    for (String name : names) {
      Files.write(images.resolve(name), TinyImages.bytes(1));
      table.row(Map.of("Metadata_Well", name), name, "My Images #1");
      table.row(Map.of("Metadata_Well", name, "Metadata_Site", "2"), name, images.toString());
    }
    Path out = folder.resolve("out");

    CommandRun run =
        CommandRun.plate(table.write(folder.resolve("load_data.csv")), out, "--channels=DNA");

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(run.out(), containsString("10 items: 10 done"));
  }
}
