package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that end before their time: what was done stays done, and the same command goes on. */
@Timeout(300)
final class PlateKillTest {

  private static final int IMAGES = 300;
  private static final Pattern COUNTS =
      Pattern.compile(IMAGES + " items: (\\d+) done, (\\d+) already done, 0 failed");

  @TempDir private Path folder;
  private Path csv;

  /** A few images large enough to take a while, under many sites. */
  @BeforeEach
  void makeTable() throws IOException {
    for (int i = 0; i < 4; i++) {
      byte[] image = TiffBuilder.uint16(Pictures.noise(300, 300, 65535, i)).build();
      Files.write(folder.resolve(i + ".tif"), image);
    }
    LoadData table = LoadData.ofChannels("DNA");
    for (int site = 0; site < IMAGES; site++) {
      table.site("A01", "" + site, site % 4 + ".tif");
    }
    csv = table.write(folder.resolve("load_data.csv"));
  }

  private ChildCommand start(Path out) throws IOException {
    return new ChildCommand(
        folder,
        List.of("-Xmx256m"),
        List.of(
            "plate",
            "--job_csv_path=" + csv,
            "--output_dir=" + out,
            "--channels=DNA",
            "--max_workers=2",
            "--relativePaths"));
  }

  private CommandRun runToTheEnd(Path out) {
    return CommandRun.plate(csv, out, "--channels=DNA", "--relativePaths");
  }

  private static long written(Path out) throws IOException {
    if (!Files.exists(out)) {
      return 0;
    }
    try (Stream<Path> walk = Files.walk(out)) {
      return walk.filter(path -> path.toString().endsWith(".png")).count();
    } catch (UncheckedIOException e) {
      return 0;
    }
  }

  /** Returns how many lines the journal has. */
  private static long journalled(Path out) throws IOException {
    Path journal = out.resolve("_cytobeam/journal");
    long lines = 0;
    if (Files.exists(journal)) {
      for (String segment : Tree.paths(journal)) {
        lines += Files.readAllLines(journal.resolve(segment)).size();
      }
    }
    return lines;
  }

  private static List<String> temporaries(Path out) throws IOException {
    return Tree.paths(out).stream().filter(path -> path.endsWith(".tmp")).toList();
  }

  /** Part of fault P1: three kills at different places, each over what the one before left. */
  @Test
  void aKilledRunGoesOnWhereItWas() throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    assertThat(runToTheEnd(undisturbed).code(), is(ExitCode.DONE));
    SortedMap<String, String> tree = Tree.of(undisturbed);
    Path out = folder.resolve("out");

    for (int atLeast : new int[] {3, IMAGES / 4, IMAGES / 2}) {
      try (ChildCommand child = start(out)) {
        child.awaitWhileAlive(() -> written(out) >= atLeast && journalled(out) >= atLeast - 2);
        child.kill();
      }
      assertThat(written(out), lessThan((long) IMAGES));
    }
    long before = written(out);

    CommandRun last = runToTheEnd(out);

    assertThat(last.err(), last.code(), is(ExitCode.DONE));
    Matcher counts = COUNTS.matcher(last.out());
    assertThat(last.out(), counts.find(), is(true));
    long alreadyDone = Long.parseLong(counts.group(2));
    // Each kill may strike between a file's rename and its line in the journal, once a thread.
    assertThat(alreadyDone, greaterThan(before - 3 * 2 - 1));
    assertThat(Tree.of(out), is(tree));
    assertThat(temporaries(out), is(empty()));
    assertThat(Tree.paths(out.resolve("_cytobeam/journal")), is(empty()));
    assertThat(Records.manifest(out).values(), hasSize(IMAGES));
  }

  /** Fault P2. */
  @Test
  void aSignalEndsTheRunSoonAndItsStateIsSound() throws Exception {
    Path out = folder.resolve("out");
    try (ChildCommand child = start(out)) {
      child.awaitWhileAlive(() -> written(out) >= IMAGES / 10);
      child.terminate();
      assertThat(child.awaitEnd(), is(130));
      assertThat(
          child.err(),
          allOf(
              containsString("Interrupted. What is done stays done: the same command goes on"),
              not(containsString("\tat ")),
              not(containsString("Exception"))));
    }
    long before = written(out);
    assertThat(before, lessThan((long) IMAGES));

    CommandRun next = runToTheEnd(out);

    assertThat(next.err(), next.code(), is(ExitCode.DONE));
    Matcher counts = COUNTS.matcher(next.out());
    assertThat(next.out(), counts.find(), is(true));
    assertThat(Long.parseLong(counts.group(2)), greaterThan(before - 2 - 1));
    assertThat(temporaries(out), is(empty()));
  }
}
