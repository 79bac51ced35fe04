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
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that end before their time: what was done stays done, and the same command goes on. */
@Timeout(300)
final class PlateKillTest {

  private static final int IMAGES = 300;

  /** Several times what a run is given to end, for machines that are busy. */
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);

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
        ChildCommand.QUICK,
        List.of(
            "plate",
            "--job_csv_path=" + csv,
            "--output_dir=" + out,
            "--channels=DNA",
            "--max_workers=2",
            "--relativePaths"));
  }

  private ChildCommand startOn(S3TestServer server, Path out) throws IOException {
    return new ChildCommand(
        folder,
        ChildCommand.QUICK,
        List.of(
            "plate",
            "--job_csv_path=" + csv,
            "--output_dir=" + out,
            "--endpoint=" + server.endpoint(),
            "--awsRegion=" + S3TestServer.REGION));
  }

  private CommandRun runToTheEnd(Path out) {
    return CommandRun.plate(csv, out, "--channels=DNA", "--relativePaths");
  }

  private static long written(Path out) throws IOException {
    if (!Files.exists(out)) {
      return 0;
    }
    try (Stream<Path> walk = Files.walk(out)) {
      return walk.map(path -> out.relativize(path).toString())
          .filter(path -> path.endsWith(".png") && !path.startsWith("_cytobeam"))
          .count();
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

  /** A part of fault P1 that {@link PlateKillLoopTest} leaves out: nothing is done twice. */
  @Test
  void aKilledRunGoesOnWhereItWas() throws Exception {
    Path out = folder.resolve("out");
    try (ChildCommand child = start(out)) {
      int atLeast = IMAGES / 2;
      child.awaitWhileAlive(() -> written(out) >= atLeast && journalled(out) >= atLeast - 2);
      child.kill();
    }
    long before = written(out);
    assertThat(before, lessThan((long) IMAGES));

    CommandRun last = runToTheEnd(out);

    assertThat(last.err(), last.code(), is(ExitCode.DONE));
    Matcher counts = COUNTS.matcher(last.out());
    assertThat(last.out(), counts.find(), is(true));
    long alreadyDone = Long.parseLong(counts.group(2));
    // The kill may strike between a file's rename and its line in the journal, once a thread.
    assertThat(alreadyDone, greaterThan(before - 2 - 1));
    assertThat(Records.manifest(out).values(), hasSize(IMAGES));
  }

  private static void endsSoon(ChildCommand child, String signal) throws Exception {
    if (signal.equals("INT")) {
      assumeFalse(child.ignoresInterrupts(), "the tests were started where Ctrl-C is ignored");
    }
    child.signal(signal);
    assertThat("it ends", child.endsWithin(ENDS_WITHIN), is(true));
    assertThat(child.err(), child.awaitEnd(), is(130));
    assertThat(
        child.err(),
        allOf(
            containsString("Interrupted. What is done stays done: the same command goes on"),
            not(containsString("\tat ")),
            not(containsString("Exception"))));
  }

  /** Fault P2. */
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void aSignalEndsTheRunSoonAndItsStateIsSound(String signal) throws Exception {
    Path out = folder.resolve("out");
    try (ChildCommand child = start(out)) {
      child.awaitWhileAlive(() -> written(out) >= IMAGES / 10);
      endsSoon(child, signal);
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

  /** Fault P2 while every request hangs: nothing that is waited for comes. */
  @Test
  void aSignalEndsARunWhoseSourceIsSilent() throws Exception {
    Path out = folder.resolve("out");
    try (S3TestServer server = S3TestServer.start()) {
      S3Plate plate = S3Plate.inGallery(server.bucket("cellpainting-gallery"), 2);
      Files.write(csv, plate.table(S3Plate.Layout.URL));
      server.share(1, Fault.stall(100));
      try (ChildCommand child = startOn(server, out)) {
        child.awaitWhileAlive(() -> !server.requests().isEmpty());
        endsSoon(child, "TERM");
      }
      assertThat(written(out), is(0L));
      server.heal();

      CommandRun next = CommandRun.plate(csv, out, "--endpoint=" + server.endpoint());

      assertThat(next.err(), next.code(), is(ExitCode.DONE));
      assertThat(next.out(), containsString("10 items: 10 done, 0 already done, 0 failed"));
      assertThat(OutputFiles.local(out).pixels(), is(plate.pixels()));
      assertThat(temporaries(out), is(empty()));
    }
  }
}
