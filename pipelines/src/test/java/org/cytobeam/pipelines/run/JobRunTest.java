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
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
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
import org.cytobeam.io.destination.RunLock;
import org.cytobeam.pipelines.cli.Call;
import org.cytobeam.pipelines.cli.Console;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.Interrupt;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.cli.PipelineEnd;
import org.cytobeam.pipelines.cli.Results;
import org.cytobeam.pipelines.cli.RunningPipeline;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
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

  /** Does something with a run whose folder is claimed. */
  @FunctionalInterface
  private interface Work {
    ExitCode with(JobRun run, PipelineOptions options) throws Exception;
  }

  private ExitCode execute(Consumer<Pipeline> graph) throws Exception {
    return claimed((run, options) -> run.execute(options, graph, seenToEnd::add));
  }

  private ExitCode claimed(Work work) throws Exception {
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
      ExitCode code = work.with(run, options);
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

  /** A preparation that writes one file and decides as it is told. */
  private class Trial implements Preparation {

    private final List<String> calls = new ArrayList<>();

    @Override
    public void build(Pipeline pipeline) {
      calls.add("build");
      pipeline.apply(Create.of(1));
    }

    @Override
    public PipelineEnd await(PipelineResult result, Invocation invocation) {
      calls.add("await");
      return new RunningPipeline(result, invocation.interrupt()).await();
    }

    @Override
    public OptionalLong decide(Destination destination) throws IOException, MistakesException {
      calls.add("decide");
      destination.put("_cytobeam/runs/" + RUN + "/plan", new byte[1]);
      return OptionalLong.empty();
    }

    @Override
    public List<String> told() {
      return List.of("there is 1 item");
    }

    @Override
    public boolean isOnlyForTheRun(String path) {
      return path.endsWith("/plan");
    }
  }

  private void itself(Pipeline pipeline) {
    pipeline
        .apply(Create.<Outcome>of(List.of()).withCoder(OutcomeCoder.of()))
        .apply(Summarize.of(settings(), JobTables.none()));
  }

  private List<String> paths() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(path -> folder.relativize(path).toString()).sorted().toList();
    }
  }

  @Test
  void twoPipelinesHaveOneRecord() throws Exception {
    Trial trial =
        new Trial() {
          @Override
          public OptionalLong decide(Destination destination)
              throws IOException, MistakesException {
            super.decide(destination);
            return OptionalLong.of(1);
          }
        };

    ExitCode code =
        claimed((run, options) -> run.executeAfter(options, trial, this::itself, seenToEnd::add));

    assertThat(code, is(ExitCode.DONE));
    assertThat(trial.calls, is(List.of("build", "await", "decide")));
    assertThat(seenToEnd, is(List.of(ExitCode.DONE)));
    assertThat(record().path("exit_code").asInt(), is(0));
    assertThat(Files.exists(folder.resolve("_cytobeam/runs/" + RUN + "/plan")), is(false));
  }

  @Test
  void aRunThatIsNotToGoOnLeavesTheFolderAsItWas() throws Exception {
    Files.write(folder.resolve("mine.txt"), new byte[1]);
    Trial trial = new Trial();

    ExitCode code =
        claimed((run, options) -> run.executeAfter(options, trial, this::itself, seenToEnd::add));

    assertThat(code, is(ExitCode.DONE));
    assertThat(trial.calls, is(List.of("build", "await", "decide")));
    assertThat(seenToEnd, is(empty()));
    assertThat(paths(), is(List.of("", "mine.txt")));
  }

  @Test
  void aFolderThatWasMadeForARunThatIsNotToGoOnIsGone() throws Exception {
    Path given = folder;
    folder = given.resolve("new/out");

    claimed((run, options) -> run.executeAfter(options, new Trial(), this::itself, code -> {}));

    folder = given;
    assertThat(paths(), is(List.of("")));
  }

  @Test
  void whatMustBeMendedFirstLeavesTheFolderAsItWas() throws Exception {
    MistakesException mistakes =
        new MistakesException(List.of(Mistake.at("a.jpg", "is there twice", "rename one")));
    Trial trial =
        new Trial() {
          @Override
          public OptionalLong decide(Destination destination) throws MistakesException {
            throw mistakes;
          }
        };

    MistakesException thrown =
        assertThrows(
            MistakesException.class,
            () ->
                claimed(
                    (run, options) -> run.executeAfter(options, trial, this::itself, code -> {})));

    assertThat(thrown, sameInstance(mistakes));
    assertThat(paths(), is(List.of("")));
  }

  @Test
  void aPreparationThatFailsIsTheEndOfTheRun() throws Exception {
    Trial trial =
        new Trial() {
          @Override
          public void build(Pipeline pipeline) {
            pipeline.apply(Create.of(1)).apply(ParDo.of(new FailingFn()));
          }
        };

    ExitCode code =
        claimed((run, options) -> run.executeAfter(options, trial, this::itself, seenToEnd::add));

    assertThat(code, is(ExitCode.FAILED));
    assertThat(trial.calls, is(List.of("await")));
    assertThat(record().path("exit_code").asInt(), is(1));
    assertThat(told.toString(StandardCharsets.UTF_8), containsString("nothing goes on"));
  }

  @Test
  void thePreparationIsAwaitedWhereTheRunIsLeftToACluster() throws Exception {
    place = Place.CLUSTER_DETACHED;
    Trial trial = new GoingOn();

    claimed((run, options) -> run.executeAfter(options, trial, this::itself, seenToEnd::add));

    assertThat(trial.calls, is(List.of("build", "await", "decide")));
    assertThat(
        printed.toString(StandardCharsets.UTF_8), containsString("goes on without this process"));
    assertThat(Files.exists(plan()), is(true));
  }

  private Path plan() {
    return folder.resolve("_cytobeam/runs/" + RUN + "/plan");
  }

  /** A preparation after which the run goes on. */
  private final class GoingOn extends Trial {

    @Override
    public OptionalLong decide(Destination destination) throws IOException, MistakesException {
      super.decide(destination);
      return OptionalLong.of(1);
    }
  }

  @Test
  void whatWasPreparedGoesWithARunThatFails() throws Exception {
    ExitCode code =
        claimed(
            (run, options) ->
                run.executeAfter(
                    options,
                    new GoingOn(),
                    pipeline -> pipeline.apply(Create.of(1)).apply(ParDo.of(new FailingFn())),
                    seenToEnd::add));

    assertThat(code, is(ExitCode.FAILED));
    assertThat(Files.exists(plan()), is(false));
    assertThat(record().path("exit_code").asInt(), is(1));
  }

  @Test
  void whatWasPreparedGoesWithARunThatThrows() {
    IllegalStateException thrown = new IllegalStateException("no such step");

    IllegalStateException told =
        assertThrows(
            IllegalStateException.class,
            () ->
                claimed(
                    (run, options) ->
                        run.executeAfter(
                            options,
                            new GoingOn(),
                            pipeline -> {
                              throw thrown;
                            },
                            seenToEnd::add)));

    assertThat(told, sameInstance(thrown));
    assertThat(Files.exists(plan()), is(false));
  }

  /** As for want of room. */
  @Test
  void whatWasPreparedGoesWithARunThatCanNotGoOn() {
    Trial trial =
        new Trial() {
          @Override
          public OptionalLong decide(Destination destination)
              throws IOException, MistakesException {
            super.decide(destination);
            throw new IOException("the disk has no room for it");
          }
        };

    assertThrows(
        IOException.class,
        () ->
            claimed(
                (run, options) -> run.executeAfter(options, trial, this::itself, seenToEnd::add)));

    assertThat(Files.exists(plan()), is(false));
  }

  /** Its workers may still read it. */
  @Test
  void whatWasPreparedStaysForAClusterThatCanNotBeAskedAnyMore() throws Exception {
    claimed(
        (run, options) ->
            run.executeAfter(
                options,
                new GoingOn(),
                pipeline -> pipeline.apply(Create.of(1)).apply(ParDo.of(new LosingFn())),
                seenToEnd::add));

    assertThat(Files.exists(plan()), is(true));
  }

  @Test
  void theNextRunRemovesWhatDeadOnesPreparedAndNothingOfLivingOnes() throws Exception {
    RunId killed = new RunId("20250101T000000Z-00000001");
    RunId alive = new RunId("20250101T000000Z-00000002");
    for (RunId run : List.of(killed, alive)) {
      Files.createDirectories(folder.resolve("_cytobeam/runs/" + run + "/deep"));
      Files.write(folder.resolve("_cytobeam/runs/" + run + "/deep/plan"), new byte[1]);
      Files.write(folder.resolve("_cytobeam/runs/" + run + "/told"), new byte[1]);
    }
    DestinationSettings other = new DestinationSettings(folder.toString(), alive, Durability.RUN);
    try (Destination destination = Destinations.open(settings().destination());
        Destination others = Destinations.open(other);
        RunLock lock = others.runLocks().acquire(alive)) {

      new PreparedFiles(destination, path -> path.endsWith("/plan")).removeOfDeadRuns();

      assertThat(lock.run(), is(alive));
    }
    assertThat(
        paths().stream().filter(path -> path.matches(".*/(told|plan|deep)")).toList(),
        is(
            List.of(
                "_cytobeam/runs/" + killed + "/told",
                "_cytobeam/runs/" + alive + "/deep",
                "_cytobeam/runs/" + alive + "/deep/plan",
                "_cytobeam/runs/" + alive + "/told")));
  }

  @Test
  void aRunThatIsClaimedAndNeverBegunLeavesTheFolderAsItWas() throws Exception {
    Path given = folder;
    folder = given.resolve("new/out");

    claimed((run, options) -> ExitCode.DONE);

    folder = given;
    assertThat(paths(), is(List.of("")));
  }
}
