package org.cytobeam.pipelines.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.cytobeam.pipelines.runner.PlainDirectRunner;
import org.cytobeam.pipelines.runner.RunnerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CytobeamTest {

  private static final List<Command<?>> COMMANDS =
      List.of(
          new ShoutCommand(),
          new TwoWordCommand("em web", "Reads what portals say of their volumes."),
          new TwoWordCommand("em download", "Fetches volumes."));

  private static final List<RunnerConfig> RUNNERS = List.of(new PlainDirectRunner());

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void printsTheVersion() {
    assertThat(run("--version"), equalTo(ExitCode.DONE));
    assertThat(out(), matchesPattern("cytobeam [0-9].* \\(Beam [0-9.]+, Java [0-9]+[0-9.]*\\)\\R"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help"})
  void printsTheCommands(String word) {
    assertThat(run(word), equalTo(ExitCode.DONE));
    assertThat(
        out(),
        equalTo(
            """
            ./cytobeam COMMAND [options]

            Commands
              shout        Prints a text in capitals.
              em web       Reads what portals say of their
                           volumes.
              em download  Fetches volumes.

            ./cytobeam COMMAND --help shows a command's options; --version the version.
            """));
  }

  @Test
  void aCommandThatIsNoneIsAMistakeForScriptsToo() {
    assertThat(run("em", "wob", "--json"), equalTo(ExitCode.USAGE));
    assertThat(
        out(),
        equalTo(
            "{\"error\":\"one mistake, and nothing was started\",\"mistakes\":[{\"subject\":\"em\","
                + "\"problem\":\"is the first word of several commands\","
                + "\"mend\":\"give one of em web, em download\"}],\"exit_code\":2}\n"));
  }

  @Test
  void callsForACommand() {
    assertThat(run(), equalTo(ExitCode.USAGE));
    assertThat(out(), emptyString());
    assertThat(err(), containsString("em download"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shout --help", "shout -h", "help shout", "shout --times 9 -h --x"})
  void printsTheOptionsOfACommand(String line) {
    assertThat(run(line.split(" ")), equalTo(ExitCode.DONE));
    assertThat(
        out(),
        equalTo(
            """
            ./cytobeam shout [options] [@file-of-options]

            Prints a text in capitals.

            Text
              --what <text>  (required)
                  What to shout. It may be a long text with
                  spaces, if the shell is told so by quotes
                  around all of it.
                  Example: --what hello
              --api_token <text>
              --mark / --no_mark  (default: --mark)
                  Whether to end with a mark.
              --times <whole number>
                  How often.
                  Default: 1.

            Run
              --max_pending_bytes <whole number>
                  How many bytes of fetched images may wait in
                  one process, about; fewer are fetched ahead
                  where images are large. Default: 32 MiB a
                  worker, at most a quarter of the heap.
                  Example: --max_pending_bytes 500000000
              --max_workers <whole number>
                  How many items one process works on at once.
                  More than the processor has cores, so that
                  waiting for a server hides behind work.
                  Default: two for each core and two more, at
                  most one for each 24 MiB of the heap.
                  Example: --max_workers 16
              --runner <direct>
                  What runs the pipeline.
                  Default: direct. Example: --runner direct

            Examples
              ./cytobeam shout --what hello

            Every option may be written --max_workers 8,
            --max-workers=8 or --maxWorkers=8. --help_all
            shows the options of Beam and of the runner too.
            """));
  }

  @Test
  void printsTheOptionsOfBeamAndTheRunnerWhenAsked() {
    assertThat(run("shout", "--help_all"), equalTo(ExitCode.DONE));
    assertThat(out(), containsString("Beam's DirectOptions"));
    assertThat(out(), containsString("--target_parallelism <whole number>"));
    assertThat(
        out(),
        containsString("--block_on_run / --no_block_on_run  (default: --no_block_on_run)\n"));
    assertThat(out(), containsString("--temp_location <text>"));
    assertThat(out(), not(containsString("--options_id")));
  }

  @Test
  void runsACommandWithTheDefaultsOfTheRunner() {
    ExitCode code = run("shout", "--what=hello", "--times", "2", "--api-token=s3cr3t");

    assertThat(err(), emptyString());
    assertThat(code, equalTo(ExitCode.DONE));
    assertThat(out(), equalTo("HELLOHELLO {apiToken=***, times=2, what=hello} DirectRunner\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "DirectRunner", "directrunner"})
  void takesEitherNameOfARunner(String name) {
    assertThat(run("shout", "--what=hello", "--runner", name), equalTo(ExitCode.DONE));
  }

  @Test
  void runsCommandsOfTwoWords() {
    assertThat(run("em", "download"), equalTo(ExitCode.INCOMPLETE));
    assertThat(out(), equalTo("em download ran\n"));
  }

  @Test
  void takesAValueWithoutItsNameAndHelpsWithIt() {
    assertThat(runAlone(new WhisperCommand(), "whisper", "hush"), equalTo(ExitCode.DONE));
    assertThat(runAlone(new WhisperCommand(), "whisper", "--help"), equalTo(ExitCode.DONE));
    assertThat(
        out(),
        startsWith(
            """
            hush
            ./cytobeam whisper QUIET_TEXT [options] [@file-of-options]

            Prints a text as it is.

            Options
              QUIET_TEXT, --quiet_text <text>  (required)
                  What to whisper.
                  Example: --quiet_text psst
            """));
  }

  @Test
  void showsAFamilyOfCommands() {
    assertThat(run("em", "--help"), equalTo(ExitCode.DONE));
    assertThat(out(), containsString("em web"));
    assertThat(out(), not(containsString("shout")));
  }

  @Test
  void reportsEveryMistakeOfTheLineAndOfTheCommandAtOnce() {
    ExitCode code =
        run("shout", "--tmes", "4", "--what", "a", "--runner=FlinkRunner", "--api_token", "--x=1");

    assertThat(code, equalTo(ExitCode.USAGE));
    assertThat(out(), emptyString());
    assertThat(
        err(),
        equalTo(
            """
            cytobeam shout: 6 mistakes, and nothing was started:
              --tmes: there is no such option; did you mean --times?
              --runner: "FlinkRunner" is not known here; give direct
              --api_token: has no value; write it as --api_token=<text>
              --x: there is no such option; --help lists all there are
              --what: is too short; give more letters
              --times: is too few; give more times
            ./cytobeam shout --help shows how it is called.
            """));
  }

  @Test
  void aMistakenOptionIsReportedOnce() {
    assertThat(run("shout", "--times=9"), equalTo(ExitCode.USAGE));
    assertThat(
        err(),
        equalTo(
            """
            cytobeam shout: 2 mistakes, and nothing was started:
              --times: "9" is out of range; give a whole number from 1 to 3
              --what: is missing; give it as --what=hello
            ./cytobeam shout --help shows how it is called.
            """));
  }

  @Test
  void mistakesInInputsEndLikeThoseInOptions() {
    assertThat(run("shout", "--what", "missing input"), equalTo(ExitCode.USAGE));
    assertThat(
        err(),
        equalTo(
            """
            cytobeam shout: one mistake, and nothing was started:
              words.csv, line 3: has no words; write some
            ./cytobeam shout --help shows how it is called.
            """));
  }

  @Test
  void aFailureIsOneLineWithoutItsStackTrace() {
    assertThat(run("shout", "--what", "broken"), equalTo(ExitCode.FAILED));
    assertThat(err(), equalTo("cytobeam shout: java.io.IOException: x\n"));
  }

  @Test
  void anErrorIsAFailureAndNoInterruption() {
    assertThat(run("shout", "--what", "an error"), equalTo(ExitCode.FAILED));
    assertThat(err(), equalTo("cytobeam shout: NoClassDefFoundError: org/example/Voice\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shot", "Shout", "shuot"})
  void namesTheNearestCommand(String word) {
    assertThat(run(word, "--what", "x"), equalTo(ExitCode.USAGE));
    assertThat(
        err(), containsString("  " + word + ": there is no such command; did you mean shout?"));
  }

  @Test
  void namesTheCommandsOfAFamily() {
    assertThat(run("em", "wed"), equalTo(ExitCode.USAGE));
    assertThat(err(), containsString("give one of em web, em download"));
  }

  @Test
  void wantsTheCommandFirst() {
    assertThat(run("--token=s3cr3t", "shout"), equalTo(ExitCode.USAGE));
    assertThat(
        err(),
        containsString(
            "  --token: stands where a command is expected; begin with one of shout, em web"));
  }

  private ExitCode run(String... words) {
    return run(COMMANDS, words);
  }

  private ExitCode runAlone(Command<?> command, String... words) {
    return run(List.of(command), words);
  }

  private ExitCode run(List<Command<?>> commands, String... words) {
    Console console = new Console(stream(out), stream(err), 50);
    Interrupt interrupt = new Interrupt(console, Duration.ZERO);
    return new Cytobeam(commands, RUNNERS, console, interrupt).run(List.of(words));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
