package org.cytobeam.direct.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cytobeam.direct.plate.ChildCommand;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults P2 and P5: a signal, or a second run, whatever the first one is doing. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(300)
final class ImagesInterruptTest {

  /** The few seconds that a run is given to end by itself, and time for a busy machine. */
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(15);

  private static final String NOTHING = "Interrupted. Nothing was fetched.\n";

  @TempDir private Path folder;
  private ImagesBucket bucket;
  private Path table;

  @BeforeEach
  void start() throws IOException {
    bucket = new ImagesBucket(folder);
    String[] keys = IntStream.range(0, 30).mapToObj("%02d.jpg"::formatted).toArray(String[]::new);
    table = bucket.with(keys).table("data.csv", keys);
  }

  @AfterEach
  void stop() {
    bucket.close();
  }

  /** Starts the command where nobody types anything. */
  private ChildCommand child(String... more) throws IOException {
    return new ChildCommand(
        folder,
        List.of("env", "CYTOBEAM_INPUT_TERMINAL=1"),
        ChildCommand.QUICK,
        List.of(bucket.words(table, more)));
  }

  private static void endsSoon(ChildCommand child, String signal, String told) throws Exception {
    if (signal.equals("INT")) {
      assumeFalse(child.ignoresInterrupts(), "the tests were started where Ctrl-C is ignored");
    }
    child.signal(signal);
    assertThat(child.err(), child.endsWithin(ENDS_WITHIN), is(true));
    assertThat(child.err(), child.awaitEnd(), is(130));
    assertThat(child.err(), containsString(told));
    assertThat(child.err(), not(containsString("\tat ")));
    assertThat(child.err(), not(containsString("Exception")));
  }

  private void assertGoesOn(int before) throws IOException {
    bucket.server.heal();

    CommandRun next = bucket.run(table);

    assertThat(next.err(), next.code(), is(ExitCode.DONE));
    assertThat(
        next.out(),
        containsString(
            "30 items: %d done, %d already done, 0 failed".formatted(30 - before, before)));
    assertThat(bucket.images().size(), is(30));
    assertThat(bucket.temporaries(), is(empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void duringTheListing(String signal) throws Exception {
    bucket.server.holdUntilHealed("GET", ImagesBucket.NAME, "");
    try (ChildCommand child = child("--auto-confirm")) {
      child.awaitWhileAlive(() -> !bucket.server.requests().isEmpty());
      endsSoon(child, signal, NOTHING);
      assertThat(child.out(), is(emptyString()));
    }
    assertThat(bucket.images().size(), is(0));
    assertGoesOn(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void atTheQuestion(String signal) throws Exception {
    try (ChildCommand child = child()) {
      child.awaitWhileAlive(() -> child.err().contains("(y/n)?"));
      endsSoon(child, signal, NOTHING);
      assertThat(child.out(), containsString("Ready to download:  30 "));
    }
    assertThat(bucket.fetched(), is(0L));
    assertThat(Files.exists(bucket.out()), is(false));
    assertGoesOn(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void duringTheCopy(String signal) throws Exception {
    bucket.server.holdUntilHealed("GET", ImagesBucket.NAME, "my-folder/2");
    int before;
    try (ChildCommand child = child("--auto-confirm")) {
      child.awaitWhileAlive(() -> Files.exists(bucket.out()) && images() == 20);
      endsSoon(
          child,
          signal,
          "Interrupted. What is done stays done: the same command goes on from there.\n");
      before = images();
    }
    assertThat(before, is(20));
    assertGoesOn(before);
  }

  /** Those of a folder that is being written. */
  private int images() throws IOException {
    try (Stream<Path> files = Files.list(bucket.out())) {
      return (int)
          files.filter(path -> path.getFileName().toString().matches("[0-9]+\\.jpg")).count();
    }
  }

  @Test
  void aSecondRunIsRefusedWhileTheFirstAsks() throws Exception {
    try (ChildCommand first = child()) {
      first.awaitWhileAlive(() -> first.err().contains("(y/n)?"));
      bucket.server.clearLog();

      CommandRun second = bucket.run(table);

      assertThat(second.out() + second.err(), second.code(), is(ExitCode.USAGE));
      assertThat(second.err(), containsString(" is writing into " + bucket.out()));
      assertThat(bucket.server.requests().size(), is(0));
      first.kill();
    }
    assertGoesOn(0);
  }
}
