package org.cytobeam.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.pipelines.cli.Call;
import org.cytobeam.pipelines.cli.Console;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.Interrupt;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.cli.Results;
import org.cytobeam.pipelines.runner.LostClusterException;
import org.cytobeam.pipelines.runner.Place;
import org.cytobeam.pipelines.runner.PlainDirectRunner;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.JobTables;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.outcome.Summarize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobRunTest {

  private static final RunId RUN = new RunId("20260101T000000Z-0123abcd");

  @TempDir private Path folder;

  private Place place = Place.THIS_PROCESS;
  private boolean asJson;
  private final List<ExitCode> seenToEnd = new ArrayList<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  private RunSettings settings() {
    return new RunSettings(
        new DestinationSettings(folder.toString(), RUN, Durability.RUN), "0", Check.SIZE, false);
  }

  private ExitCode execute(Consumer<Pipeline> graph) throws Exception {
    Console console =
        new Console(
            new PrintStream(printed, true, StandardCharsets.UTF_8),
            new PrintStream(told, true, StandardCharsets.UTF_8),
            80);
    Results results = new Results(console, "trial", asJson);
    Invocation invocation =
        new Invocation(
            new Call("trial", "trial --times=3", Map.of(), Map.of("times", "3"), "direct", "0"),
            new PlainDirectRunner() {
              @Override
              public Place place(PipelineOptions options) {
                return place;
              }
            },
            console,
            results,
            Interrupt.never());
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs("--runner=DirectRunner", "--blockOnRun=false").create();
    try (JobRun run = new JobRun(invocation, settings(), List.of(), Map.of(), 0, 0)) {
      run.claim();
      ExitCode code = run.execute(options, graph, seenToEnd::add);
      results.end(code);
      return code;
    }
  }

  /** Returns what is told of the one run in the document that was printed. */
  private JsonNode printedRun() throws IOException {
    JsonNode runs = new ObjectMapper().readTree(printed.toByteArray()).path("runs");
    assertThat(runs.size(), is(1));
    return runs.get(0);
  }

  private JsonNode record() throws IOException {
    return new ObjectMapper()
        .readTree(folder.resolve("_cytobeam/runs/" + RUN + "/run.json").toFile());
  }

  @Test
  void aGraphThatCanNotBeMadeIsTheEndOfTheRecord() throws Exception {
    IllegalStateException thrown = new IllegalStateException("no such step");

    IllegalStateException told =
        assertThrows(
            IllegalStateException.class,
            () ->
                execute(
                    pipeline -> {
                      throw thrown;
                    }));

    assertThat(told, sameInstance(thrown));
    assertThat(record().path("exit_code").asInt(), is(1));
    assertThat(record().has("ended"), is(true));
  }

  @Test
  void anErrorIsTheEndOfTheRecord() throws Exception {
    assertThrows(
        NoClassDefFoundError.class,
        () ->
            execute(
                pipeline -> {
                  throw new NoClassDefFoundError("org/example/Step");
                }));

    assertThat(record().path("exit_code").asInt(), is(1));
  }

  @Test
  void aPipelineWithoutASummaryIsTheEndOfTheRecord() throws Exception {
    IOException told =
        assertThrows(IOException.class, () -> execute(pipeline -> pipeline.apply(Create.of(1))));

    assertThat(told.getMessage(), is("the pipeline ended without a summary of its run"));
    assertThat(record().path("exit_code").asInt(), is(1));
  }

  /** The cluster may go on writing. */
  @Test
  void aRunWhoseClusterCanNotBeAskedAnyMoreKeepsItsLock() throws Exception {
    ExitCode code =
        execute(pipeline -> pipeline.apply(Create.of(1)).apply(ParDo.of(new LosingFn())));

    assertThat(code, is(ExitCode.FAILED));
    assertThat(told.toString(StandardCharsets.UTF_8), containsString("It may go on working"));
    assertThat(record().has("ended"), is(false));
    try (Destination destination = Destinations.open(settings().destination())) {
      assertThat(destination.runLocks().isHeld(RUN), is(true));
    }
  }

  private static final class LosingFn extends DoFn<Integer, Integer> {

    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process() {
      throw new LostClusterException("7", new IOException("connection refused"));
    }
  }

  @Test
  void aDetachedRunIsLeftToTheClusterWithItsLock() throws Exception {
    place = Place.CLUSTER_DETACHED;

    execute(pipeline -> pipeline.apply(Create.of(1)));

    assertThat(
        printed.toString(StandardCharsets.UTF_8), containsString("goes on without this process"));
    assertThat(Files.exists(folder.resolve("_cytobeam/runs/" + RUN + "/lock")), is(true));
    assertThat(record().has("ended"), is(false));
    assertThat(seenToEnd, is(empty()));
    DestinationSettings next =
        new DestinationSettings(
            folder.toString(), new RunId("20260102T000000Z-0123abcd"), Durability.RUN);
    try (Destination destination = Destinations.open(next)) {
      assertThat(destination.runLocks().isHeld(RUN), is(true));
    }
  }

  @Test
  void aDetachedRunIsSaidToGoOnInJson() throws Exception {
    place = Place.CLUSTER_DETACHED;
    asJson = true;

    execute(pipeline -> pipeline.apply(Create.of(1)));

    assertThat(printedRun().path("goes_on").asBoolean(), is(true));
    assertThat(printedRun().path("exit_code").asInt(), is(0));
    assertThat(printedRun().has("summary"), is(false));
  }

  @Test
  void aRunThatFailsSaysWhyInJson() throws Exception {
    asJson = true;

    ExitCode code =
        execute(pipeline -> pipeline.apply(Create.of(1)).apply(ParDo.of(new FailingFn())));

    assertThat(code, is(ExitCode.FAILED));
    assertThat(printedRun().path("error").asText(), containsString("nothing goes on"));
    assertThat(printedRun().has("goes_on"), is(false));
  }

  private static final class FailingFn extends DoFn<Integer, Integer> {
    @ProcessElement
    public void process() {
      throw new IllegalStateException("nothing goes on");
    }
  }

  /** The page can be made again: what is in its way doesn't make the run one that failed. */
  @ParameterizedTest
  @CsvSource({"DONE, 0", "INCOMPLETE, 3"})
  void aReportThatCanNotBeMadeLeavesTheRunItsOwnEnd(ExitCode code, int number) throws Exception {
    Item item = Item.of("a.png", "a.tif", "t.csv line 2", Map.of());
    Failure failure = Failure.of("Trial", FailureClass.MISSING, "there is no such file", 1);
    List<Outcome> outcomes =
        code == ExitCode.DONE ? List.of() : List.of(Outcome.pending(item).failed(failure));
    Files.createDirectories(folder.resolve("_cytobeam/runs/" + RUN + "/report.html/in the way"));

    ExitCode ended =
        execute(
            pipeline ->
                pipeline
                    .apply(Create.of(outcomes).withCoder(OutcomeCoder.of()))
                    .apply(Summarize.of(settings(), JobTables.none())));

    assertThat(ended, is(code));
    assertThat(seenToEnd, is(List.of(code)));
    assertThat(record().path("exit_code").asInt(), is(number));
    assertThat(told.toString(StandardCharsets.UTF_8), startsWith("The report could not be made: "));
    assertThat(
        printed.toString(StandardCharsets.UTF_8),
        allOf(
            startsWith((outcomes.isEmpty() ? "0 items" : "1 item") + ": 0 done, 0 already done, "),
            not(containsString("Report:"))));
  }
}
