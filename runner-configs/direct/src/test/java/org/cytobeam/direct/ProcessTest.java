package org.cytobeam.direct;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.pipelines.cli.Cytobeam;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own: exit codes, signals, what is printed and what is logged. */
@Timeout(120)
class ProcessTest {

  @TempDir private Path folder;
  private Path log;

  @BeforeEach
  void nameTheLog() {
    log = folder.resolve("logs/run.log");
  }

  private Process start(String way) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Cytobeam.class.getName());
    command.addAll(List.of("trial", "--way", way, "--log_dir", folder.resolve("logs").toString()));
    return new ProcessBuilder(command).redirectError(folder.resolve("err").toFile()).start();
  }

  @Test
  void endsWithZeroAndLogsToTheFileOnly() throws Exception {
    Process process = start("end");

    assertThat(process.waitFor(), equalTo(0));
    assertThat(err(), equalTo("WARN  one warning\n"));
    assertThat(Files.readString(log), containsString("INFO  ["));
    assertThat(Files.readString(log), containsString("org.cytobeam.trial - the step ran"));
    assertThat(
        Files.readString(log), containsString("WARN  [main] org.cytobeam.trial - one | warning"));
    assertThat(Files.readString(log), containsString("nobody's business"));
  }

  @Test
  void aFailureIsALineOnTheConsoleAndAStackTraceInTheLog() throws Exception {
    Process process = start("fail");

    assertThat(process.waitFor(), equalTo(1));
    assertThat(err(), equalTo("WARN  one warning\ntrial: no room left on the disk\n"));
    assertThat(Files.readString(log), containsString("java.io.IOException: no room"));
    assertThat(Files.readString(log), containsString("at org.cytobeam.direct.TrialCommand$GoFn"));
  }

  @Test
  void anErrorInTheCommandIsAFailureAndNoInterruption() throws Exception {
    Process process = start("break");

    assertThat(process.waitFor(), equalTo(1));
    assertThat(
        err(),
        equalTo("WARN  one warning\ncytobeam trial: NoClassDefFoundError: org/example/Step\n"));
  }

  @Test
  void aSignalEndsItWithTheCodeOfInterruptionsAndSaysHowToGoOn() throws Exception {
    Process process = start("hang");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine(), equalTo("started"));
    }

    process.destroy();

    assertThat(process.waitFor(), equalTo(130));
    assertThat(err(), containsString("Interrupted. What is done stays done"));
    assertThat(err(), not(containsString("\tat ")));
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }
}
