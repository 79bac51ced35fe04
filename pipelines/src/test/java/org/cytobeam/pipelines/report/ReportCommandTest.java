package org.cytobeam.pipelines.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.pipelines.cli.Call;
import org.cytobeam.pipelines.cli.Console;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.Interrupt;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.cli.Results;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.pipelines.runner.PlainDirectRunner;
import org.cytobeam.transforms.outcome.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {

  private static final RunId FIRST = new RunId("20261122T080000Z-00000001");
  private static final RunId LATEST = new RunId("20261122T093000Z-1a2b3c4d");

  @TempDir private Path root;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void makesThePageOfTheLatestRun() throws Exception {
    folder().done("p", "A01", 1, "DNA", 100, 2_000).write(FIRST).record(LATEST, null);

    assertThat(run("--outputDir=" + root), is(ExitCode.DONE));
    Path page = page(LATEST);
    assertThat(out.toString(UTF_8), is("Report:   " + page + "\n"));
    assertThat(Files.readString(page), containsString("A run without an end"));
    assertThat(Files.readString(page), containsString("A01: 1 image, all done"));
  }

  @Test
  void makesThePageOfAnotherRun() throws Exception {
    folder().done("p", "A01", 1, "DNA", 100, 2_000).write(FIRST).record(LATEST, null);

    assertThat(run("--outputDir=" + root, "--run=" + FIRST), is(ExitCode.DONE));
    assertThat(Files.readString(page(FIRST)), containsString("A later run has begun"));
    assertThat(Files.exists(page(LATEST)), is(false));
  }

  @Test
  void makesThePageOfARunThatNobodyWaitedFor() throws Exception {
    folder().done("p", "A01", 1, "DNA", 100, 2_000).write(LATEST);
    Files.delete(root.resolve(RunFolder.ofRun(LATEST, "run.json")));

    assertThat(run("--outputDir=" + root), is(ExitCode.DONE));
    String page = Files.readString(page(LATEST));
    assertThat(page, containsString("One image, and it is done"));
    assertThat(page, not(containsString("exit code")));
    assertThat(page, containsString("<a href=\"summary.json\">"));
    assertThat(page, not(containsString("<a href=\"run.json\">")));
  }

  @Test
  void namesWhatIsWrong() throws Exception {
    assertThat(
        mistake("--outputDir=" + root),
        is(
            "--output_dir: %s has no record of any run; give the folder that a job has written into"
                .formatted(root)));
    folder().record(LATEST, 0);
    assertThat(
        mistake("--outputDir=" + root, "--run=" + FIRST),
        is(
            "--run: %s has no record of %s; leave it out for the latest, %s"
                .formatted(root, FIRST, LATEST)));
    folder().put(RunFolder.MANIFEST, new byte[] {1, 2, 3});
    assertThat(mistake("--outputDir=" + root), containsString("move it away to go on"));
  }

  @Test
  void checksItsOptions() {
    ReportOptions options =
        PipelineOptionsFactory.fromArgs("--outputDir=gs://x", "--run=latest")
            .as(ReportOptions.class);
    assertThat(
        new ReportCommand().check(options).stream().map(Mistake::line).toList(),
        is(
            List.of(
                "--output_dir: \"gs://x\" is neither a folder nor an S3 address; give the folder"
                    + " that a job has written into",
                "--run: is no name of a run; give one such as 20261122T093000Z-1a2b3c4d")));
    options.setOutputDir("out");
    assertThat(
        new ReportCommand().check(options).stream().map(Mistake::line).toList(),
        is(List.of("--run: is no name of a run; give one such as 20261122T093000Z-1a2b3c4d")));
  }

  private Path page(RunId run) {
    return root.resolve(RunFolder.ofRun(run, "report.html"));
  }

  private SampleFolder folder() {
    return new SampleFolder(new DestinationSettings(root.toString(), LATEST, Durability.RUN));
  }

  private String mistake(String... arguments) throws IOException {
    try {
      throw new AssertionError("ended with " + run(arguments));
    } catch (MistakesException e) {
      List<String> lines = new ArrayList<>();
      e.mistakes().forEach(mistake -> lines.add(mistake.line()));
      return String.join("\n", lines);
    }
  }

  private ExitCode run(String... arguments) throws IOException, MistakesException {
    Console console =
        new Console(new PrintStream(out, true, UTF_8), new PrintStream(out, true, UTF_8), 100);
    return new ReportCommand()
        .run(
            PipelineOptionsFactory.fromArgs(arguments).as(ReportOptions.class),
            new Invocation(
                new Call("report", "report out", Map.of(), Map.of(), "direct", "0"),
                new PlainDirectRunner(),
                console,
                new Results(console, "report", false),
                Interrupt.never()));
  }
}
