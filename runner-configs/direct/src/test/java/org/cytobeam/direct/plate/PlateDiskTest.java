package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.disk.SmallDisk;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.Tree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fault P3: the disk takes no more, before or in the middle of a run. */
final class PlateDiskTest {

  private static final int IMAGES = 60;
  private static final String LOG_ENDS = "The log of the run goes no further: ";

  @TempDir private Path folder;
  private Path csv;
  private Path mounted;
  private Path out;

  @BeforeEach
  void makeTable() throws IOException {
    Files.write(
        folder.resolve("0.tif"), TiffBuilder.uint16(Pictures.noise(300, 300, 65535, 1)).build());
    LoadData table = LoadData.ofChannels("DNA");
    for (int site = 0; site < IMAGES; site++) {
      table.site("A01", "" + site, "0.tif");
    }
    csv = table.write(folder.resolve("load_data.csv"));
    mounted = Files.createDirectory(folder.resolve("disk"));
    out = mounted.resolve("out");
  }

  private CommandRun plate() {
    return CommandRun.plate(csv, out, "--channels=DNA", "--max_workers=2");
  }

  private List<String> temporaries() throws IOException {
    return Tree.paths(out).stream().filter(path -> path.endsWith(".tmp")).toList();
  }

  /** Checks what is told, once; where there is no room for the log, that is told once too. */
  private static void assertFailed(CommandRun run, String... told) {
    assertThat(run.out() + run.err(), run.code(), is(ExitCode.FAILED));
    List<String> lines = new ArrayList<>(run.err().lines().toList());
    lines.stream().filter(line -> line.startsWith(LOG_ENDS)).findFirst().ifPresent(lines::remove);
    assertThat(run.err(), lines, hasSize(2));
    assertThat(lines.get(0), startsWith("The run failed: "));
    for (String part : told) {
      assertThat(lines.get(0), containsString(part));
    }
    assertThat(lines.get(1), startsWith("What is done stays done"));
  }

  private void assertGoesOn(int before) throws IOException {
    CommandRun more = plate();

    assertThat(more.err(), more.code(), is(ExitCode.DONE));
    assertThat(more.out(), containsString("60 items: "));
    int again = before - Integer.parseInt(more.out().replaceAll("(?s).* (\\d+) already.*", "$1"));
    assertThat("done, and without room for its line in the journal", again, lessThanOrEqualTo(2));
    assertThat(Tree.images(out), is(IMAGES));
    assertThat(Records.manifest(out).values(), hasSize(IMAGES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "size=3m                | No space       | size=64m",
        "size=64m,nr_inodes=40  | no inodes left | nr_inodes=4000"
      })
  void aDiskThatIsFullEndsTheRunInAFewLines(String small, String told, String large)
      throws Exception {
    try (SmallDisk disk = new SmallDisk(mounted, small)) {
      assertFailed(plate(), told, out.toString(), "Make room and run it again.");

      assertThat(temporaries(), is(empty()));
      int before = Tree.images(out);
      assertThat(before, greaterThan(0));
      disk.remount(large);
      assertGoesOn(before);
    }
  }

  /** There is room for the images and none for the tables; what the last run knew is kept. */
  @Test
  void tablesThatDontFitEndTheRunAndTheOnesBeforeStand() throws Exception {
    try (SmallDisk disk = new SmallDisk(mounted, "size=64m")) {
      assertThat(plate().code(), is(ExitCode.DONE));
      byte[] manifest = Files.readAllBytes(out.resolve("_cytobeam/manifest.parquet"));
      Path ballast = mounted.resolve("ballast");
      fill(ballast);

      CommandRun full = plate();

      assertThat(full.out() + full.err(), full.code(), is(ExitCode.FAILED));
      assertThat(full.err(), containsString("No space"));
      assertThat(full.err(), containsString("Make room and run it again."));
      assertThat(temporaries(), is(empty()));
      assertThat(Files.readAllBytes(out.resolve("_cytobeam/manifest.parquet")), is(manifest));
      Files.delete(ballast);
      assertGoesOn(IMAGES);
    }
  }

  private static void fill(Path ballast) throws IOException {
    try (OutputStream all = Files.newOutputStream(ballast)) {
      while (true) {
        all.write(new byte[4096]);
      }
    } catch (IOException e) {
      assertThat(e.getMessage(), containsString("No space"));
    }
  }

  @Test
  void aDiskThatIsMountedReadOnlyIsRefused() throws Exception {
    try (SmallDisk disk = new SmallDisk(mounted, "size=64m")) {
      assertThat(
          CommandRun.plate(csv, out, "--channels=DNA", "--sites=1,2,3").code(), is(ExitCode.DONE));
      disk.remount("ro");

      CommandRun refused = plate();

      assertThat(refused.code(), is(ExitCode.USAGE));
      assertThat(refused.err(), containsString("--output_dir: " + out + " is not writable"));
      assertThat(refused.err(), containsString("name another folder"));
      disk.remount("rw");
      assertGoesOn(3);
    }
  }

  @Test
  void aFolderThatMayNotBeWrittenIsRefused() throws Exception {
    Files.createDirectory(out);
    Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(
        Files.isWritable(out),
        "not tested is a folder that may not be written: this user may write everywhere");

    CommandRun refused = plate();

    assertThat(refused.code(), is(ExitCode.USAGE));
    assertThat(refused.err(), containsString("--output_dir: " + out + " is not writable"));
    Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertGoesOn(0);
  }

  /** As a network disk or a stick that is pulled out: nothing may go to the folder below. */
  @Test
  void aDiskThatGoesAwayEndsTheRunAndNothingIsWrittenBesideIt() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    try (SmallDisk disk = new SmallDisk(mounted, "size=64m")) {
      try (ChildCommand child =
          new ChildCommand(
              elsewhere,
              ChildCommand.QUICK,
              List.of(
                  "plate",
                  "--job_csv_path=" + csv,
                  "--output_dir=" + out,
                  "--channels=DNA",
                  "--max_workers=2"))) {
        child.awaitWhileAlive(() -> Tree.images(out) > 3);
        disk.detach();

        assertThat(child.err(), child.awaitEnd(), is(1));
        assertThat(
            child.err(),
            allOf(
                containsString("The folder " + out + " has gone. Mount or make it again."),
                containsString("What is done stays done")));
      }
      assertThat(Tree.paths(mounted), is(empty()));
    }
  }
}
