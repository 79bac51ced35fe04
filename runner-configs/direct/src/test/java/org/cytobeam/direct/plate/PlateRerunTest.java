package org.cytobeam.direct.plate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.destination.RunLock;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.Tree;
import org.cytobeam.transforms.outcome.Journal;
import org.cytobeam.transforms.outcome.ManifestJson;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.RunSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a second run does over the output of a first: what is missing or not proven, no more. */
final class PlateRerunTest {

  private static final int SITES = 6;

  @TempDir private Path folder;
  private Path out;
  private Path csv;

  @BeforeEach
  void aFirstRun() throws IOException {
    TinyImages.write(folder, SITES);
    out = folder.resolve("out");
    LoadData table = LoadData.ofChannels("DNA");
    for (int site = 0; site < SITES; site++) {
      table.site("A01", "" + site, site + ".tif");
    }
    csv = table.write(folder.resolve("load_data.csv"));
    CommandRun first = plate();
    assertThat(first.err(), first.code(), is(ExitCode.DONE));
  }

  private CommandRun plate(String... more) {
    String[] all = Arrays.copyOf(more, more.length + 1);
    all[more.length] = "--channels=DNA";
    return CommandRun.plate(csv, out, all);
  }

  private static String id(int site) {
    return "source_0/Batch1/P1/source_0__P1__A01__" + site + "__DNA.png";
  }

  private static Set<String> writtenSince(
      SortedMap<String, String> before, SortedMap<String, String> after) {
    Set<String> ids = new TreeSet<>();
    after.forEach(
        (id, run) -> {
          if (!run.equals(before.get(id))) {
            ids.add(id);
          }
        });
    return ids;
  }

  private void assertRefused(CommandRun run, String... told) {
    assertThat(run.out() + run.err(), run.code(), is(ExitCode.USAGE));
    for (String part : told) {
      assertThat(run.err(), containsString(part));
    }
    assertThat(run.err(), not(containsString("Exception")));
  }

  @Test
  void nothingIsDoneTwiceAndTheRunSaysSo() throws Exception {
    var tree = Tree.of(out);
    var runs = Records.runs(out);
    var changed = Files.getLastModifiedTime(out.resolve(id(0)));

    CommandRun run = plate();

    assertThat(run.code(), is(ExitCode.DONE));
    assertThat(run.out(), containsString("6 items: 0 done, 6 already done, 0 failed"));
    assertThat(run.out(), containsString("0.0 MB fetched, 0.0 MB written"));
    assertThat(Tree.of(out), is(tree));
    assertThat(Records.runs(out), is(runs));
    assertThat(Files.getLastModifiedTime(out.resolve(id(0))), is(changed));
  }

  /** What is proven is not even asked for. */
  @Test
  void proofNeedsNoSources() throws Exception {
    for (int site = 0; site < SITES; site++) {
      Files.delete(folder.resolve(site + ".tif"));
    }

    CommandRun run = plate();

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(run.out(), containsString("6 items: 0 done, 6 already done, 0 failed"));
  }

  @Test
  void aCutADeletedAndAFlippedOutputAreDoneAgainAndOnlyThese() throws Exception {
    var tree = Tree.of(out);
    var runs = Records.runs(out);
    byte[] cut = Files.readAllBytes(out.resolve(id(1)));
    Files.write(out.resolve(id(1)), Arrays.copyOf(cut, cut.length - 1));
    Files.delete(out.resolve(id(2)));
    byte[] flipped = Files.readAllBytes(out.resolve(id(3)));
    flipped[flipped.length / 2] ^= 4;
    Files.write(out.resolve(id(3)), flipped);
    Files.write(out.resolve(id(4)), new byte[0]);

    CommandRun run = plate();

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(run.out(), containsString("6 items: 4 done, 2 already done, 0 failed"));
    assertThat(writtenSince(runs, Records.runs(out)), is(Set.of(id(1), id(2), id(3), id(4))));
    assertThat(Tree.of(out), is(tree));
  }

  @Test
  void checkingTheSizeAloneMissesAFlippedBitAndNotACut() throws Exception {
    var runs = Records.runs(out);
    byte[] flipped = Files.readAllBytes(out.resolve(id(3)));
    flipped[flipped.length / 2] ^= 4;
    Files.write(out.resolve(id(3)), flipped);
    Files.write(out.resolve(id(4)), new byte[1]);

    CommandRun run = plate("--check=size");

    assertThat(run.out(), containsString("6 items: 1 done, 5 already done, 0 failed"));
    assertThat(writtenSince(runs, Records.runs(out)), is(Set.of(id(4))));
  }

  @Test
  void otherPixelsAreDoneAgainAndForceDoesAll() throws Exception {
    CommandRun other = plate("--percentile", "2");
    assertThat(other.out(), containsString("6 items: 6 done, 0 already done, 0 failed"));
    CommandRun same = plate("--percentile=2.0", "--max_workers=3");
    assertThat(same.out(), containsString("6 items: 0 done, 6 already done, 0 failed"));
    CommandRun crop = plate("--percentile=2", "--min_resolution_x=5");
    assertThat(crop.out(), containsString("6 items: 6 done, 0 already done, 0 failed"));
    CommandRun force = plate("--percentile=2", "--min_resolution_x=5", "--force");
    assertThat(force.out(), containsString("6 items: 6 done, 0 already done, 0 failed"));
  }

  @Test
  void anotherSourceOfTheSameSiteIsDoneAgain() throws Exception {
    Files.writeString(csv, Files.readString(csv).replace("0.tif", "5.tif"));

    CommandRun run = plate();

    assertThat(run.out(), containsString("6 items: 1 done, 5 already done, 0 failed"));
  }

  /** A part of the plate leaves the other rows of its final table alone. */
  @Test
  void aRunOfSomeSitesKeepsTheOthersInTheTables() throws Exception {
    var tree = Tree.of(out);

    CommandRun run = plate("--sites=2", "--force");

    assertThat(run.out(), containsString("1 item: 1 done"));
    assertThat(Tree.of(out), is(tree));
    assertThat(Records.manifest(out).values(), hasSize(SITES));
  }

  /** Fault P10: it is not passed over, and nothing is done before it is mended. */
  @Test
  void aManifestThatWasCutIsRefusedWithTheMend() throws Exception {
    Path manifest = out.resolve("_cytobeam/manifest.parquet");
    byte[] whole = Files.readAllBytes(manifest);
    Files.write(manifest, Arrays.copyOf(whole, whole.length / 2));
    var tree = Tree.of(out);

    CommandRun run = plate();

    assertRefused(run, manifest.toString(), "ove it away to go on");
    assertThat(Tree.of(out), is(tree));
    Files.delete(manifest);
    CommandRun mended = plate();
    assertThat(mended.out(), containsString("6 items: 6 done, 0 already done, 0 failed"));
    assertThat(Tree.of(out), is(tree));
  }

  /** Fault P10: a power cut leaves files without bytes, or with zeros for bytes. */
  @Test
  void aManifestWithoutBytesOrOfZerosOrGarbageIsRefused() throws Exception {
    Path manifest = out.resolve("_cytobeam/manifest.parquet");
    byte[] whole = Files.readAllBytes(manifest);
    byte[] oneBit = whole.clone();
    oneBit[whole.length / 3] ^= 1;
    List<byte[]> damages =
        List.of(
            new byte[0],
            new byte[whole.length],
            "PAR1 and nothing else".getBytes(UTF_8),
            Arrays.copyOfRange(whole, 1, whole.length),
            oneBit);
    for (byte[] damage : damages) {
      Files.write(manifest, damage);

      assertRefused(plate(), manifest.toString(), "ove it away to go on");
    }
    Files.write(manifest, whole);
    assertThat(plate().out(), containsString("6 items: 0 done, 6 already done, 0 failed"));
  }

  /** Fault P10: what another version wrote may mean something else. */
  @Test
  void aManifestOfAnotherVersionIsRefused() throws Exception {
    Path manifest = out.resolve("_cytobeam/manifest.parquet");
    String bytes = Files.readString(manifest, ISO_8859_1);
    String name = "cytobeam.manifest";
    int version = bytes.indexOf(name) + name.length() + 2;
    assertThat(bytes.charAt(version), is('1'));
    Files.writeString(
        manifest, bytes.substring(0, version) + '0' + bytes.substring(version + 1), ISO_8859_1);

    assertRefused(plate(), "manifest.parquet: is no manifest of version 1", "ove it away to go on");
  }

  /** Fault P10: the same names from other sources are no proof. */
  @Test
  void theStateOfAnotherTableProvesNothing() throws Exception {
    Path others = folder.resolve("others");
    TinyImages.write(folder.resolve("moved"), SITES);
    LoadData table = LoadData.ofChannels("DNA");
    for (int site = 0; site < SITES; site++) {
      table.site("A01", "" + site, "moved/" + (SITES - 1 - site) + ".tif");
    }
    Path other = table.write(folder.resolve("other.csv"));
    assertThat(CommandRun.plate(other, others, "--channels=DNA").code(), is(ExitCode.DONE));
    for (String file : List.of("manifest.parquet", "manifest.jsonl")) {
      Files.copy(
          others.resolve("_cytobeam/" + file),
          out.resolve("_cytobeam/" + file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    var tree = Tree.of(out);

    CommandRun run = plate();

    assertThat(run.out(), containsString("6 items: 6 done, 0 already done, 0 failed"));
    assertThat(Tree.of(out), is(tree));
    assertThat(
        Records.manifestRow(out, id(0)).path("uri").asText(), containsString(folder + "/0.tif"));
  }

  /** Fault P10: without any state the outputs are made again, and are the same. */
  @Test
  void withoutItsStateAPlateIsDoneAgain() throws Exception {
    var tree = Tree.of(out);
    for (String file : Tree.paths(out.resolve("_cytobeam"))) {
      Files.delete(out.resolve("_cytobeam").resolve(file));
    }

    CommandRun run = plate();

    assertThat(run.out(), containsString("6 items: 6 done, 0 already done, 0 failed"));
    assertThat(Tree.of(out), is(tree));
  }

  @Test
  void aTableInPlaceOfTheManifestIsRefused() throws Exception {
    Files.copy(
        out.resolve("load_data/final/source_0__Batch1__P1.parquet"),
        out.resolve("_cytobeam/manifest.parquet"),
        StandardCopyOption.REPLACE_EXISTING);

    assertRefused(plate(), "manifest.parquet: is no manifest of version 1");
  }

  /** Writes what a run that was killed would have written down about an item. */
  private void writeJournal(ManifestRow row) throws IOException {
    RunId killed = new RunId("20260101T000000Z-00000000");
    var settings = new DestinationSettings(out.toString(), killed, Durability.RUN);
    RunSettings run = new RunSettings(settings, row.getOptionsHash(), Check.SHA256, false);
    try (Destination destination = Destinations.open(settings);
        Journal journal = new Journal(destination, run)) {
      journal.append(
          Outcome.pending(row.getItem())
              .done(
                  row.getFacts().getFiles().get(0),
                  row.getFacts().toBuilder().setFiles(List.of()).build()));
    }
  }

  @Test
  void aJournalWithGarbageInItIsReadAroundIt() throws Exception {
    Path journal = out.resolve("_cytobeam/journal");
    List<String> rows = Files.readAllLines(out.resolve("_cytobeam/manifest.jsonl"));
    Files.delete(out.resolve("_cytobeam/manifest.parquet"));
    writeJournal(ManifestJson.row(rows.get(0)));
    Path segment = journal.resolve(Tree.paths(journal).get(0));
    String line = Files.readString(segment);
    Files.writeString(
        segment,
        "garbage\n{\"id\":7}\n" + rows.get(1) + "\n" + line + "\u0000\u0000\n{\"id\":\"torn");

    CommandRun run = plate();

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(run.out(), containsString("6 items: 5 done, 1 already done, 0 failed"));
    assertThat(Records.manifest(out).values(), hasSize(SITES));
    assertThat(Tree.paths(journal).toString(), Tree.paths(journal), hasSize(0));
  }

  /** Fault P5. */
  @Test
  void aSecondRunIntoTheFolderIsRefusedWhileTheFirstLives() throws Exception {
    RunId first = new RunId("20260101T000000Z-0123abcd");
    var settings = new DestinationSettings(out.toString(), first, Durability.RUN);
    try (Destination destination = Destinations.open(settings);
        RunLock lock = destination.runLocks().acquire(first)) {

      assertRefused(
          plate(), "--output_dir: run " + lock.run() + " is writing into " + out, "; wait until");
    }
    assertThat(plate().code(), is(ExitCode.DONE));
  }

  /** A run that was killed leaves its lock's file and perhaps temporaries, and no lock. */
  @Test
  void whatAKilledRunLeftIsClearedAway() throws Exception {
    Path run = Files.createDirectories(out.resolve("_cytobeam/runs/20260101T000000Z-0123abcd"));
    Files.createFile(run.resolve("lock"));
    String name = ".x.png.20260101T000000Z-0123abcd.01234567-0.tmp";
    Path temporary = Files.createFile(out.resolve("source_0/Batch1/P1").resolve(name));

    CommandRun next = plate();

    assertThat(next.err(), next.code(), is(ExitCode.DONE));
    assertThat(Files.exists(temporary), is(false));
  }

  @Test
  void aFolderOfTablesElsewhereIsClearedAndHeldToo() throws Exception {
    Path tables = folder.resolve("tables");
    Path temporary = tables.resolve("final/.x.20260101T000000Z-0123abcd.01234567-0.tmp");
    Files.createDirectories(tables.resolve("final"));
    Files.createDirectories(tables.resolve("_cytobeam/runs/20260101T000000Z-0123abcd"));
    Files.createFile(temporary);
    RunId alive = new RunId("20260102T000000Z-0123abcd");
    var settings = new DestinationSettings(tables.toString(), alive, Durability.RUN);
    try (Destination destination = Destinations.open(settings);
        RunLock lock = destination.runLocks().acquire(alive)) {

      assertRefused(
          plate("--load_data_out_dir", tables.toString()),
          "--load_data_out_dir: run " + lock.run() + " is writing into " + tables,
          "; wait until");
    }
    assertThat(Files.exists(temporary), is(true));

    CommandRun next = plate("--load_data_out_dir", tables.toString());

    assertThat(next.err(), next.code(), is(ExitCode.DONE));
    assertThat(Files.exists(temporary), is(false));
  }

  /** Fault S2. */
  @Test
  void aPlantedLinkIsNotFollowedOutOfTheOutputFolder() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path fresh = Files.createDirectories(folder.resolve("fresh/source_0"));
    Files.createSymbolicLink(fresh.resolve("Batch1"), elsewhere);
    Path victim = Files.writeString(elsewhere.resolve("victim"), "untouched");
    Path linked = Files.createDirectories(folder.resolve("second/source_0/Batch1/P1"));
    Files.createSymbolicLink(linked.resolve("source_0__P1__A01__0__DNA.png"), victim);

    CommandRun first = CommandRun.plate(csv, folder.resolve("fresh"), "--channels=DNA");
    CommandRun second = CommandRun.plate(csv, folder.resolve("second"), "--channels=DNA");

    assertThat(first.err(), first.code(), is(ExitCode.INCOMPLETE));
    assertThat(first.out(), containsString("  failed, unwritable: 6"));
    assertThat(
        Records.failures(folder.resolve("fresh")).get(0).get("message"),
        allOf(containsString("a symbolic link leads out of"), not(containsString("Exception"))));
    assertThat(second.err(), second.code(), is(ExitCode.DONE));
    assertThat(Files.readString(victim), is("untouched"));
    assertThat(Tree.paths(elsewhere), is(List.of("victim")));
    assertThat(Files.isSymbolicLink(linked.resolve("source_0__P1__A01__0__DNA.png")), is(false));
  }

  @Test
  void anOutputFolderThatIsAFileIsRefusedWithAllOtherMistakes() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertRefused(
        CommandRun.plate(csv, file, "--channels=DNA,dna", "--load_data_out_dir=" + file + "/new"),
        "cytobeam plate: 3 mistakes, and nothing was started:",
        "--output_dir: " + file + " is not a folder; name another folder",
        "--load_data_out_dir: " + file + " is not a folder; name another folder",
        "--channels: \"dna\" is given twice");
  }

  @Test
  void aManifestThatSaysTooMuchIsNotBelieved() throws Exception {
    Map<String, String> before = Tree.of(out);
    for (int site = 0; site < SITES; site++) {
      Files.write(out.resolve(id(site)), new byte[] {1}, StandardOpenOption.APPEND);
    }

    CommandRun run = plate();

    assertThat(run.out(), containsString("6 items: 6 done, 0 already done, 0 failed"));
    assertThat(Tree.of(out), is(before));
    assertThat(Records.failureClasses(out), is(anEmptyMap()));
  }
}
