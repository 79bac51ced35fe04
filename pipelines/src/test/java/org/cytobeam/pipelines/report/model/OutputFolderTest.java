package org.cytobeam.pipelines.report.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.io.png.PngEncoder;
import org.cytobeam.pipelines.report.SampleFolder;
import org.cytobeam.pipelines.report.model.ChannelMap.WellWindow;
import org.cytobeam.pipelines.report.model.ContactSheet.Picture;
import org.cytobeam.pipelines.report.model.FailureGroup.FailureRow;
import org.cytobeam.pipelines.report.model.Report.FolderTotals;
import org.cytobeam.transforms.image.Thumbnails;
import org.cytobeam.transforms.outcome.DamagedManifestException;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.RunFolder;
import org.cytobeam.transforms.outcome.Warning;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

  private static final RunId FIRST = new RunId("20261122T080000Z-00000001");
  private static final RunId RUN = new RunId("20261122T093000Z-1a2b3c4d");
  private static final RunId LAST = new RunId("20261122T100000Z-00000002");
  private static final PlateName PLATE = new PlateName("s1", "b1", "p");

  @TempDir private Path root;
  private SampleFolder folder = placeholder();

  private static SampleFolder placeholder() {
    return new SampleFolder(new DestinationSettings("unused", RUN, Durability.RUN));
  }

  @BeforeEach
  void makeFolder() {
    folder = new SampleFolder(new DestinationSettings(root.toString(), RUN, Durability.RUN));
  }

  @Test
  void saysWhatRanAndWhatCameOfIt() throws IOException {
    folder.done("p", "A01", 1, "DNA", 100, 2_000).write(RUN);
    Report report = folder.report(RUN);

    assertThat(report.run().command(), is("plate"));
    assertThat(report.run().output(), is("/data/out"));
    assertThat(report.run().exitCode(), is(OptionalInt.of(3)));
    assertThat(report.run().took(), is(Optional.of(Duration.ofMillis(610_500))));
    assertThat(report.run().options(), is(Map.of("job_csv_path", "load_data.csv")));
    assertThat(report.run().inputs(), contains("/data/load_data.csv"));
    assertThat(
        report.run().software(),
        is(Map.of("cytobeam", "1.2.3", "beam", "2.70.0", "runner", "direct", "java", "17")));
    assertThat(report.summary().orElseThrow().getDone(), is(1L));
    assertThat(report.folder(), is(Optional.of(new FolderTotals(1, 0, 0, true))));
  }

  @Test
  void gathersEachWell() throws IOException {
    folder
        .done("p", "A01", 1, "DNA", 100, 2_000)
        .done("p", "A01", 2, "DNA", 120, 2_400)
        .done("p", "A01", 3, "DNA", 90, 9_000)
        .done("p", "B02", 1, "DNA", 50, 700)
        .failed("p", "A01", 1, "ER", FailureClass.MISSING, "gone")
        .failed("p", "A01", 2, "ER", FailureClass.ZERO_FILLED, "zeros")
        .write(RUN);
    PlateMap map = folder.report(RUN).plates().maps().get(0);

    WellPosition a01 = new WellPosition(0, 0);
    WellPosition b02 = new WellPosition(1, 1);
    assertThat(map.name(), is(PLATE));
    assertThat(map.format(), is(Optional.of(PlateFormat.WELLS_6)));
    assertThat(
        map.wells(),
        contains(
            new Well("A01", Optional.of(a01), 3, Map.of("missing", 1L, "zero_filled", 1L)),
            new Well("B02", Optional.of(b02), 1, Map.of())));
    assertThat(
        map.channels(),
        contains(
            new ChannelMap(
                "DNA",
                List.of(
                    new WellWindow("A01", a01, 100, 2_400), new WellWindow("B02", b02, 50, 700)))));
    assertThat(map.missing(), is(4));
    assertThat(folder.report(RUN).plates().totals(), contains(new PlateTotals(PLATE, 4, 2)));
  }

  @Test
  void wellsWithoutAPlaceOfTheirOwnAreListed() throws IOException {
    folder
        .done("p", "A01", 1, "DNA", 100, 2_000)
        .done("p", "A1", 1, "DNA", 100, 2_000)
        .done("p", "AG01", 1, "DNA", 100, 2_000)
        .done("p", "r02c03", 1, "DNA", 100, 2_000)
        .done("p", "control", 1, "DNA", 100, 2_000)
        .write(RUN);
    PlateMap map = folder.report(RUN).plates().maps().get(0);

    assertThat(map.format(), is(Optional.of(PlateFormat.WELLS_6)));
    assertThat(map.wells().stream().map(Well::name).toList(), contains("A01", "r02c03"));
    assertThat(
        map.elsewhere().stream().map(Well::name).toList(), contains("A1", "AG01", "control"));
  }

  @Test
  void aPlateWithoutAnyKnownPlaceHasNoMap() throws IOException {
    folder.done("p", "one", 1, "DNA", 100, 2_000).write(RUN);
    PlateMap map = folder.report(RUN).plates().maps().get(0);

    assertThat(map.format(), is(Optional.empty()));
    assertThat(map.elsewhere(), hasSize(1));
    assertThat(map.channels(), is(empty()));
  }

  @Test
  void ofManyPlatesThoseThatFailMostAreDrawn() throws IOException {
    for (int i = 10; i < 40; i++) {
      folder.done("p" + i, "A01", 1, "DNA", 100, 2_000);
    }
    folder.failed("p37", "A01", 1, "ER", FailureClass.MISSING, "gone").write(RUN);
    Plates plates = folder.report(RUN).plates();

    assertThat(plates.count(), is(30L));
    assertThat(plates.totals(), hasSize(30));
    List<String> expected = new ArrayList<>();
    for (int i = 10; i < 33; i++) {
      expected.add("p" + i);
    }
    expected.add("p37");
    assertThat(plates.maps().stream().map(map -> map.name().plate()).toList(), is(expected));
  }

  @Test
  void groupsFailuresByClassTheCommonestFirst() throws IOException {
    Item row = Item.of("t.csv line 9", "", "t.csv line 9", Map.of());
    folder
        .failed("p", "A01", 1, "DNA", FailureClass.ZERO_FILLED, "all 99 bytes are 0")
        .failed("p", "A01", 2, "DNA", FailureClass.ZERO_FILLED, "all 98 bytes are 0")
        .failed(row, FailureClass.BAD_ROW, "x".repeat(700))
        .write(RUN);
    List<FailureGroup> groups = folder.report(RUN).failures();

    Item first = SampleFolder.item("p", "A01", 1, "DNA");
    assertThat(groups.get(0).failureClass(), is(FailureClass.ZERO_FILLED));
    assertThat(groups.get(0).count(), is(2L));
    assertThat(
        groups.get(0).rows().get(0),
        is(
            new FailureRow(
                "s3://bucket/p/A01-1-DNA.tiff",
                "all 99 bytes are 0",
                first.getId(),
                first.getInput())));
    assertThat(
        groups.get(1).rows(),
        contains(new FailureRow("", "x".repeat(599) + "…", "t.csv line 9", "t.csv line 9")));
  }

  @Test
  void countsAllProblemsAndKeepsSome() throws IOException {
    for (int site = 1; site <= 230; site++) {
      folder.failed("p", "A01", site, "DNA", FailureClass.MISSING, "gone");
      folder.warning("constant", "site " + site, "flat");
    }
    folder.warning("mixed_options", "s1/b1/p/", "2 sets").write(RUN);
    Report report = folder.report(RUN);

    assertThat(report.failures().get(0).count(), is(230L));
    assertThat(report.failures().get(0).rows(), hasSize(200));
    assertThat(report.warnings().get(0).count(), is(230L));
    assertThat(report.warnings().get(0).rows(), hasSize(200));
    assertThat(
        report.warnings().get(1),
        is(
            new WarningGroup(
                "mixed_options", 1, List.of(Warning.of("mixed_options", "s1/b1/p/", "2 sets")))));
  }

  @Test
  void countsWindowsByChannel() throws IOException {
    folder
        .done("p", "A01", 1, "DNA", 100, 2_000)
        .done("p", "A01", 2, "DNA", 128, 3_000)
        .done("p", "A01", 1, "ER", 7, 8)
        .failed("p", "A01", 3, "DNA", FailureClass.MISSING, "gone")
        .write(RUN);
    List<WindowHistogram> windows = folder.report(RUN).windows();

    assertThat(windows.stream().map(WindowHistogram::channel).toList(), contains("DNA", "ER"));
    assertThat(windows.get(0).images(), is(2L));
    assertThat(windows.get(0).medianLow(), is(100L));
    assertThat(windows.get(0).medianHigh(), is(2_000L));
    assertThat(windows.get(0).low().get(4 * 7), is(1L));
    assertThat(windows.get(0).low().get(4 * 6 + 2), is(1L));
  }

  @Test
  void showsWholeSitesOfThoseThatHaveThumbnails() throws IOException {
    byte[] png = PngEncoder.encode(Raster.uint8(3, 2, new byte[6]));
    folder
        .done("p", "A01", 1, "DNA", 100, 2_000)
        .done("p", "A01", 2, "DNA", 100, 2_000)
        .done("p", "A01", 2, "AGP", 100, 2_000)
        .failed("p", "A01", 2, "ER", FailureClass.MISSING, "gone")
        .done("p", "B01", 1, "DNA", 100, 2_000)
        .thumbnail("p", "A01", 2, "DNA", png)
        .thumbnail("p", "B01", 1, "DNA", "<svg onload=alert(1)>".repeat(9).getBytes(UTF_8))
        .write(RUN);
    List<ContactSheet.Site> sites = folder.report(RUN).sheet().sites();

    assertThat(sites.stream().map(s -> s.well() + s.site()).toList(), contains("A012", "B011"));
    List<Picture> images = sites.get(0).images();
    assertThat(images.stream().map(Picture::channel).toList(), contains("AGP", "DNA", "ER"));
    assertThat(images.get(0).png(), is(Optional.empty()));
    assertThat(images.get(1).png(), is(ContactSheet.Thumbnail.of(png)));
    assertThat(images.get(1).png().orElseThrow().width(), is(3));
    assertThat(images.get(2).failure(), is(Optional.of("missing")));
    assertThat("what is no PNG is no thumbnail", sites.get(1).images().get(0).png().isEmpty());
  }

  @Test
  void showsTheSitesThatRunsChooseFirst() throws IOException {
    byte[] png = PngEncoder.encode(Raster.uint8(3, 2, new byte[6]));
    List<Long> hashes = new ArrayList<>();
    for (int site = 1; site <= 60; site++) {
      folder.done("p", "A01", site, "DNA", 100, 2_000).thumbnail("p", "A01", site, "DNA", png);
      hashes.add(hash(site));
    }
    folder.write(RUN);
    Collections.sort(hashes);
    List<Long> shown = new ArrayList<>();
    folder
        .report(RUN)
        .sheet()
        .sites()
        .forEach(site -> shown.add(hash(Integer.parseInt(site.site()))));
    Collections.sort(shown);

    assertThat(shown, is(hashes.subList(0, 48)));
  }

  private static long hash(int site) {
    return Thumbnails.hash(List.of("s1", "b1", "p", "A01", "" + site));
  }

  @Test
  void knowsTheOtherRuns() throws IOException {
    folder.done("p", "A01", 1, "DNA", 100, 2_000).write(FIRST).write(RUN).record(LAST, null);
    folder.put(RunFolder.ofRun(FIRST, OutputFolder.PAGE), new byte[1]);

    try (Destination destination = folder.open()) {
      assertThat(OutputFolder.of(destination).runs(), contains(LAST, RUN, FIRST));
    }
    assertThat(folder.report(RUN).neighbours(), contains(FIRST));
    assertThat(folder.report(RUN).folder().orElseThrow().isLatest(), is(false));
    assertThat(folder.report(LAST).folder().orElseThrow().isLatest(), is(true));
  }

  @Test
  void aRunThatWasKilledHasNoEndAndMayHaveNoManifest() throws IOException {
    folder.record(RUN, null);
    Report report = folder.report(RUN);

    assertThat(report.run().exitCode(), is(OptionalInt.empty()));
    assertThat(report.run().ended(), is(Optional.empty()));
    assertThat(report.run().logs(), is(empty()));
    assertThat(report.summary(), is(Optional.empty()));
    assertThat(report.folder(), is(Optional.empty()));
    assertThat(report.plates().maps(), is(empty()));
  }

  @Test
  void countsWhatTheJournalHasStill() throws IOException {
    folder.done("p", "A01", 1, "DNA", 100, 2_000).write(RUN);
    folder.put(RunFolder.JOURNAL + "/x.jsonl", new byte[0]);

    assertThat(folder.report(RUN).folder().orElseThrow().unmerged(), is(1));
  }

  @Test
  void refusesADamagedManifestAndADamagedRecord() throws IOException {
    folder.record(RUN, 0).put(RunFolder.MANIFEST, new byte[] {1, 2, 3});
    folder.put(RunFolder.ofRun(LAST, "run.json"), "{".getBytes(UTF_8));

    assertThrows(DamagedManifestException.class, () -> folder.report(RUN));
    IOException thrown = assertThrows(IOException.class, () -> folder.report(LAST));
    assertThat(
        thrown.getMessage(),
        startsWith(root + "/_cytobeam/runs/" + LAST + "/run.json is damaged: "));
  }
}
