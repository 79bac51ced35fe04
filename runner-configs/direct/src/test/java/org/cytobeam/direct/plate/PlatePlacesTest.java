package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.Tree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fault P11: language, digits, calendar, time zone and encoding of a machine change no byte. */
final class PlatePlacesTest {

  private static final Locale LOCALE = Locale.getDefault();
  private static final TimeZone ZONE = TimeZone.getDefault();

  @TempDir private Path folder;
  private Path csv;
  private Path here;
  private CommandRun expected;

  /**
   * Names that upper and lower case differ in by language, an image that is not there and one that
   * is cut.
   */
  @BeforeEach
  void runHere() throws IOException {
    Locale.setDefault(Locale.ROOT);
    TinyImages.write(folder, 3);
    LoadData table = LoadData.ofChannels("DNA", "Dİı");
    table.row(Map.of("Metadata_Plate", "TITLE i"), "0.tif", "1.tif");
    table.row(Map.of("Metadata_Plate", "größe é", "Metadata_Site", "2"), "2.tif", "0.tif");
    table.row(Map.of("Metadata_Plate", "größe é", "Metadata_Site", "3"), "1.tif", "absent.tif");
    byte[] whole = TinyImages.bytes(1);
    Files.write(folder.resolve("cut.tif"), Arrays.copyOf(whole, whole.length - 9));
    table.row(Map.of("Metadata_Plate", "TITLE i", "Metadata_Site", "4"), "0.tif", "cut.tif");
    csv = table.write(folder.resolve("load_data.csv"));
    here = folder.resolve("here");
    expected = plate(here);
    assertThat(expected.err(), expected.code(), is(ExitCode.INCOMPLETE));
  }

  @AfterEach
  void comeBack() {
    Locale.setDefault(LOCALE);
    TimeZone.setDefault(ZONE);
  }

  private CommandRun plate(Path out) {
    return CommandRun.plate(csv, out, "--channels=DNA,Dİı", "--relativePaths", "--percentile=0.5");
  }

  private void assertSame(Path there, String printed) throws IOException {
    assertThat(Tree.of(there), is(Tree.of(here)));
    assertThat(rows(there), is(rows(here)));
    assertThat(Records.failureClasses(there), is(Records.failureClasses(here)));
    assertThat(anyRun(printed, there), is(anyRun(expected.out(), here)));
    assertThat(shown(there), is(shown(here)));
  }

  private static String anyRun(String printed, Path out) {
    return printed.replace(out.toString(), "").replaceAll("/runs/[^/]*/", "/runs/*/");
  }

  /** Returns what the report shows of the folder, from the pictures to the warnings. */
  private static String shown(Path out) throws IOException {
    String path =
        Tree.paths(out).stream().filter(p -> p.endsWith("/report.html")).findFirst().orElseThrow();
    String page = Files.readString(out.resolve(path));
    return page.substring(page.indexOf("<h2 id=\"pictures\""), page.indexOf("<h2 id=\"run\""));
  }

  /** Returns the rows of the manifest without what differs from run to run. */
  private static SortedMap<String, JsonNode> rows(Path out) throws IOException {
    SortedMap<String, JsonNode> rows = new TreeMap<>();
    Records.manifest(out)
        .forEach(
            (id, row) -> rows.put(id, ((ObjectNode) row).without(List.of("run", "at", "millis"))));
    return rows;
  }

  @ParameterizedTest
  @CsvSource({
    "tr-TR, Asia/Kathmandu",
    "de-DE, Pacific/Apia",
    "ar-EG-u-nu-arab, America/St_Johns",
    "th-TH-u-ca-buddhist-nu-thai, Etc/GMT-14",
    "lt-LT, UTC"
  })
  void theLocaleAndTheTimeZone(String locale, String zone) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    Path there = folder.resolve("there");

    CommandRun run = plate(there);

    assertThat(run.err(), run.code(), is(expected.code()));
    assertSame(there, run.out());
    CommandRun again = plate(there);
    assertThat(again.out(), containsString("8 items: 0 done, 6 already done, 2 failed"));
  }

  @Test
  void theDefaultCharset() throws Exception {
    Path there = folder.resolve("there");
    List<String> flags = new ArrayList<>(ChildCommand.QUICK);
    flags.addAll(
        List.of(
            "-Dfile.encoding=ISO-8859-1",
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Duser.timezone=Asia/Kathmandu"));
    try (ChildCommand child =
        new ChildCommand(
            folder,
            flags,
            List.of(
                "plate",
                "--job_csv_path=" + csv,
                "--output_dir=" + there,
                "--channels=DNA,Dİı",
                "--relativePaths",
                "--percentile=0.5"))) {
      assertThat(child.err(), child.awaitEnd(), is(expected.code().number()));
      assertSame(there, child.out());
    }
  }
}
