package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault P3: the disk is full in the middle of a run. */
final class PlateFullDiskTest {

  private static final int IMAGES = 60;

  @TempDir private Path folder;

  @Test
  void theRunEndsInAFewLinesLeavesNoTemporariesAndGoesOnWhenThereIsRoom() throws Exception {
    Files.write(
        folder.resolve("0.tif"), TiffBuilder.uint16(Pictures.noise(300, 300, 65535, 1)).build());
    LoadData table = LoadData.ofChannels("DNA");
    for (int site = 0; site < IMAGES; site++) {
      table.site("A01", "" + site, "0.tif");
    }
    Path csv = table.write(folder.resolve("load_data.csv"));
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        runs("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString()),
        "a small file system can't be mounted here");
    try {
      Path out = disk.resolve("out");

      CommandRun full = CommandRun.plate(csv, out, "--channels=DNA", "--max_workers=2");

      assertThat(full.out() + full.err(), full.code(), is(ExitCode.FAILED));
      List<String> lines = full.err().lines().toList();
      assertThat(full.err(), lines.size(), is(2));
      assertThat(
          lines.get(0),
          allOf(
              startsWith("The run failed: No space"),
              containsString(out.toString()),
              containsString("Make room and run it again.")));
      assertThat(lines.get(1), startsWith("What is done stays done"));
      assertThat(
          Tree.paths(out).stream().filter(path -> path.endsWith(".tmp")).toList(), is(empty()));
      long before = Tree.paths(out).stream().filter(path -> path.endsWith(".png")).count();
      assertThat(before, greaterThan(0L));
      assertThat(runs("mount", "-o", "remount,size=64m", disk.toString()), is(true));

      CommandRun more = CommandRun.plate(csv, out, "--channels=DNA", "--max_workers=2");

      assertThat(more.err(), more.code(), is(ExitCode.DONE));
      assertThat(more.out(), containsString("60 items: "));
      long again =
          before - Integer.parseInt(more.out().replaceAll("(?s).* (\\d+) already.*", "$1"));
      assertThat("done, and without room for its line in the journal", again <= 2, is(true));
    } finally {
      runs("umount", disk.toString());
    }
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
