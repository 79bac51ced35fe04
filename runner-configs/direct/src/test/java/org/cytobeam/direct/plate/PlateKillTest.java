package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.S3Plate;
import org.cytobeam.testing.plate.Tree;
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

  /** The 4 s that a run is given to end by itself, and time for a busy machine to get that far. */
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(15);

  private static final Pattern COUNTS =
      Pattern.compile("(\\d+) items: \\d+ done, (\\d+) already done, 0 failed");

  @TempDir private Path folder;
  private Path csv;
  private Path out;

  @BeforeEach
  void nameTheFiles() {
    csv = folder.resolve("load_data.csv");
    out = folder.resolve("out");
  }

  private ChildCommand start(String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("plate", "--job_csv_path=" + csv, "--output_dir=" + out));
    arguments.addAll(List.of(more));
    return new ChildCommand(folder, ChildCommand.QUICK, arguments);
  }

  /** Returns how many lines the journal has. */
  private long journalled() throws IOException {
    Path journal = out.resolve("_cytobeam/journal");
    long lines = 0;
    if (Files.exists(journal)) {
      for (String segment : Tree.paths(journal)) {
        lines += Files.readAllLines(journal.resolve(segment)).size();
      }
    }
    return lines;
  }

  /** A part of fault P1 that {@link PlateKillLoopTest} leaves out: nothing is done twice. */
  @Test
  void aKilledRunGoesOnWhereItWas() throws Exception {
    int images = 300;
    writeLargeImages(images);
    try (ChildCommand child = start("--channels=DNA", "--max_workers=2")) {
      int atLeast = images / 2;
      child.awaitWhileAlive(() -> Tree.images(out) >= atLeast && journalled() >= atLeast - 2);
      child.kill();
    }
    int before = Tree.images(out);
    assertThat(before, lessThan(images));
    List<String> logs = OutputFiles.local(out).runLogs();
    assertThat(logs, hasSize(1));
    assertThat(logs.get(0), containsString(" of plate into " + out));

    CommandRun last = CommandRun.plate(csv, out, "--channels=DNA");

    assertThat(last.err(), last.code(), is(ExitCode.DONE));
    Matcher counts = COUNTS.matcher(last.out());
    assertThat(last.out(), counts.find(), is(true));
    assertThat(counts.group(1), is("" + images));
    // The kill may strike between a file's rename and its line in the journal, once a thread.
    assertThat(Integer.parseInt(counts.group(2)), greaterThan(before - 2 - 1));
    assertThat(Records.manifest(out).values(), hasSize(images));
  }

  /** Writes a few images large enough to take a while, under many sites. */
  private void writeLargeImages(int images) throws IOException {
    for (int i = 0; i < 4; i++) {
      byte[] image = TiffBuilder.uint16(Pictures.noise(300, 300, 65535, i)).build();
      Files.write(folder.resolve(i + ".tif"), image);
    }
    LoadData table = LoadData.ofChannels("DNA");
    for (int site = 0; site < images; site++) {
      table.site("A01", "" + site, site % 4 + ".tif");
    }
    table.write(csv);
  }

  /** Fault P2: one image never comes, so that nothing but the signal ends the run. */
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void aSignalEndsTheRunSoonAndItsStateIsSound(String signal) throws Exception {
    try (S3TestServer server = S3TestServer.start()) {
      S3Plate plate = plateOn(server, 8);
      String silent = plate.keys().get(39);
      server.always(plate.bucket(), silent, Fault.stall(100));
      try (ChildCommand child = startOn(server)) {
        child.awaitWhileAlive(
            () -> server.count("GET", plate.bucket(), silent) > 0 && journalled() >= 20);
        endsSoon(child, signal);
      }
      assertThat(Tree.images(out), lessThan(40));

      String counts = assertGoesOn(server, plate);
      Matcher found = COUNTS.matcher(counts);
      assertThat(counts, found.matches(), is(true));
      assertThat(found.group(1), is("40"));
      assertThat(Integer.parseInt(found.group(2)), greaterThanOrEqualTo(20));
    }
  }

  /** Fault P2 while every request hangs: nothing that is waited for comes. */
  @Test
  void aSignalEndsARunWhoseSourceIsSilent() throws Exception {
    try (S3TestServer server = S3TestServer.start()) {
      S3Plate plate = plateOn(server, 2);
      server.share(1, Fault.stall(100));
      try (ChildCommand child = startOn(server)) {
        child.awaitWhileAlive(() -> !server.requests().isEmpty());
        endsSoon(child, "TERM");
      }
      assertThat(Tree.images(out), is(0));

      assertThat(assertGoesOn(server, plate), is("10 items: 10 done, 0 already done, 0 failed"));
    }
  }

  private S3Plate plateOn(S3TestServer server, int sites) throws IOException {
    S3Plate plate = S3Plate.inGallery(server.bucket("cellpainting-gallery"), sites);
    Files.write(csv, plate.table(S3Plate.Layout.URL));
    return plate;
  }

  private ChildCommand startOn(S3TestServer server) throws IOException {
    return start("--endpoint=" + server.endpoint(), "--awsRegion=" + S3TestServer.REGION);
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

  /** Lets the same command finish the plate from a server that is well, and returns its counts. */
  private String assertGoesOn(S3TestServer server, S3Plate plate) throws IOException {
    server.heal();

    CommandRun next = CommandRun.plate(csv, out, "--endpoint=" + server.endpoint());

    assertThat(next.err(), next.code(), is(ExitCode.DONE));
    OutputFiles files = OutputFiles.local(out);
    assertThat(files.pixels(), is(plate.pixels()));
    assertThat(files.withoutTemporaries().files().keySet(), is(files.files().keySet()));
    return next.out().lines().findFirst().orElse("");
  }
}
