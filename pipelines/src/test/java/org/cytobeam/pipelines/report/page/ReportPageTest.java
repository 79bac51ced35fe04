package org.cytobeam.pipelines.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.pipelines.report.SampleFolder;
import org.cytobeam.pipelines.report.model.OutputFolder;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportPageTest {

  private static final RunId RUN = new RunId("20261122T093000Z-1a2b3c4d");
  private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
  private static final Pattern COLOUR = Pattern.compile("--([a-z0-9-]+):(#[0-9a-f]{3,6})");

  @TempDir private Path root;
  private SampleFolder folder =
      new SampleFolder(new DestinationSettings("unused", RUN, Durability.RUN));

  @BeforeEach
  void makeFolder() {
    folder = new SampleFolder(new DestinationSettings(root.toString(), RUN, Durability.RUN));
  }

  @Test
  void theSameFolderGivesTheSamePage() throws IOException {
    folder
        .done("p", "A01", 1, "DNA", 100, 2_000)
        .failed("p", "A01", 1, "ER", FailureClass.MISSING, "gone")
        .warning("constant", "s1/b1", "flat")
        .write(RUN);
    String page = page();
    try (Destination destination = folder.open()) {
      assertThat(
          ReportPage.write(OutputFolder.of(destination), RUN, destination),
          is(root + "/_cytobeam/runs/" + RUN + "/report.html"));
      byte[] written = destination.open(RunFolder.ofRun(RUN, "report.html")).readAllBytes();
      assertThat(new String(written, UTF_8), is(page));
    }
    assertThat(page(), is(page));
  }

  @Test
  void saysWhatCameOfTheRun() throws IOException {
    folder
        .done("p", "A01", 1, "DNA", 100, 2_000)
        .failed("p", "A01", 1, "ER", FailureClass.MISSING, "gone")
        .write(RUN);
    String page = page();

    assertThat(page, containsString("<title>1 of 2 images failed – Cytobeam plate</title>"));
    assertThat(page, containsString("<html lang=\"en\">"));
    assertThat(page, containsString("6 wells: 0 without failures, 1 with, 5 without images."));
    assertThat(page, containsString("<title>A01: 2 images, 1 failed (1 missing)</title>"));
    assertThat(page, containsString("<title>A01: 100 to 2,000</title>"));
    assertThat(page, containsString("<code>missing</code> <span class=\"count\">1 image</span>"));
    assertThat(page, containsString("<td class=\"path wide\">s3://bucket/p/A01-1-ER.tiff</td>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0; All 1 image are done",
        "1; The run failed",
        "130; The run was interrupted",
      })
  void beginsWithTheEnd(int exitCode, String headline) throws IOException {
    folder.done("p", "A01", 1, "DNA", 100, 2_000).write(RUN, exitCode);

    assertThat(page(), containsString(headline.replace("All 1 image are", "One image, and it is")));
  }

  @Test
  void saysThatThereWasNothingToDo() throws IOException {
    folder.write(RUN, 0);
    String page = page();

    assertThat(page, containsString("<title>Nothing to do – Cytobeam plate</title>"));
    assertThat(page, containsString("The run found no item to make (exit code 0)."));
  }

  @Test
  void saysNoMoreOfTheProofsThanIsTrue() throws IOException {
    folder.done("p", "A01", 1, "DNA", 100, 2_000).write(RUN, 0);

    assertThat(page(), containsString("a checksum, or their length alone (exit code 0)"));
    assertThat(page(), not(containsString("checked against its source")));
  }

  @Test
  void saysThatARunHasNoEnd() throws IOException {
    folder.record(RUN, null);
    String page = page();

    assertThat(page, containsString("A run without an end"));
    assertThat(page, containsString("None are known: there is no manifest yet."));
    assertThat(page, not(containsString("logs/run.log")));
    assertThat(page, not(containsString("manifest.jsonl")));
  }

  @Test
  void namesTheFirstInputsAndCountsTheOthers() throws IOException {
    List<String> inputs = new ArrayList<>();
    for (int i = 100; i < 1_121; i++) {
      inputs.add("{\"address\": \"/data/" + i + ".csv\"}");
    }
    folder.put(RunFolder.ofRun(RUN, "run.json"), ("{\"inputs\": " + inputs + "}").getBytes(UTF_8));
    String page = page();

    assertThat(page, containsString("<li class=\"path\">/data/119.csv</li>"));
    assertThat(page, not(containsString("/data/120.csv")));
    assertThat(page, containsString("and 1,001 more, in <a href=\"run.json\">"));
  }

  @Test
  void textFromTablesStaysText() throws IOException {
    String evil =
        "\"'><script>alert(1)</script><img src=http://canary.test/x onerror=alert(1)>${1}";
    folder
        .failed("p", evil, 1, evil, FailureClass.MISSING, evil)
        .done(evil, "A01", 1, evil, 100, 2_000)
        .done(evil, evil, 2, evil, 100, 2_000)
        .failed(
            Item.of("t.csv line 2", "javascript:alert(1)", evil, Map.of()),
            FailureClass.BAD_ROW,
            evil)
        .warning(evil, evil, evil)
        .write(RUN);
    String page = page();

    assertThat(page, not(containsString("<script")));
    assertThat(page, not(containsString("<img")));
    assertThat(page, not(containsString("\"'>")));
    assertThat(page, containsString("&lt;script&gt;"));
    assertThat(references(page), everyItem(matchesPattern("#.*|data:.*|(\\.\\./)*[A-Za-z].*")));
    assertThat(references(page), everyItem(not(containsString("alert"))));
  }

  @Test
  void nothingIsFetched() throws IOException {
    folder.done("p", "A01", 1, "DNA", 100, 2_000).write(RUN);
    String page = page();

    assertThat(
        page, containsString("default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
    assertThat(page, not(containsString("url(h")));
    assertThat(page, not(containsString("@import")));
    assertThat(
        references(page), everyItem(not(matchesPattern("(?i)[a-z]+://.*|//.*|javascript:.*"))));
    assertThat(references(page).size(), greaterThan(5));
  }

  /** WCAG 2.2, 1.4.3: text has a contrast of 4.5 to what is behind it. */
  @ParameterizedTest
  @CsvSource({
    "ink, paper",
    "ink, card",
    "soft, paper",
    "soft, card",
    "accent, card",
    "accent, paper",
    "hero-ink, hero",
    "hero-soft, hero",
    "ink, note",
    "dark-mark, w1",
    "dark-mark, w2",
    "light-mark, w4"
  })
  void textStandsOut(String text, String behind) throws IOException {
    folder.record(RUN, 0);
    String style = page().split("</style>", -1)[0];
    int dark = style.indexOf("prefers-color-scheme:dark");
    Map<String, String> light = colours(style.substring(0, dark));
    Map<String, String> night = colours(style.substring(dark, style.indexOf("box-sizing")));

    double least = text.endsWith("mark") ? 3 : 4.5;
    for (Map<String, String> colours : List.of(light, night)) {
      assertThat(
          contrast(colours.getOrDefault(text, ""), colours.getOrDefault(behind, "")),
          greaterThanOrEqualTo(least));
    }
  }

  @Test
  void aWholePlateIsASmallPage() throws IOException {
    for (int row = 0; row < 16; row++) {
      for (int column = 1; column <= 24; column++) {
        for (String channel : List.of("AGP", "DNA", "ER", "Mito", "RNA")) {
          String well = (char) ('A' + row) + "" + column;
          folder.done("p", well, 1, channel, 100 + row, 2_000 + column);
        }
      }
    }
    folder.write(RUN);

    assertThat(page().length(), lessThan(600_000));
  }

  private String page() throws IOException {
    return ReportPage.html(folder.report(RUN));
  }

  private static List<String> references(String page) {
    List<String> references = new ArrayList<>();
    Matcher matcher = REFERENCE.matcher(page);
    while (matcher.find()) {
      references.add(matcher.group(1));
    }
    return references;
  }

  private static Map<String, String> colours(String style) {
    Map<String, String> colours = new TreeMap<>();
    Matcher matcher = COLOUR.matcher(style);
    while (matcher.find()) {
      colours.put(matcher.group(1), matcher.group(2));
    }
    return colours;
  }

  private static double contrast(String one, String other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(String colour) {
    String digits =
        colour.length() == 4 ? colour.substring(1).replaceAll("(.)", "$1$1") : colour.substring(1);
    double luminance = 0;
    double[] weights = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < 3; i++) {
      double value = Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16) / 255.0;
      luminance +=
          weights[i] * (value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
    }
    return luminance;
  }
}
