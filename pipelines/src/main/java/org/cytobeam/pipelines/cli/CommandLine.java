package org.cytobeam.pipelines.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.cytobeam.pipelines.options.ArgumentReader;
import org.cytobeam.pipelines.options.Arguments;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.Option;
import org.cytobeam.pipelines.options.Option.Audience;
import org.cytobeam.pipelines.options.Option.Group;
import org.cytobeam.pipelines.options.OptionSet;
import org.cytobeam.pipelines.options.OptionType;
import org.cytobeam.pipelines.options.Secrets;
import org.cytobeam.pipelines.runner.ParallelOptions;
import org.cytobeam.pipelines.runner.RunnerConfig;

/**
 * Turns the words after a command's name into its options.
 *
 * @param <O> the command's options
 */
final class CommandLine<O extends PipelineOptions> {

  private static final String RUNNER = "runner";
  private static final int MANY_WORKERS = 1000;

  private final Command<O> command;
  private final List<RunnerConfig> runners;

  /**
   * What a command line came to.
   *
   * @param <O> the command's options
   */
  sealed interface Reading<O> {}

  /**
   * The command can run.
   *
   * @param call what it is called with
   * @param runner what runs pipelines
   */
  record Ready<O>(O options, Call call, RunnerConfig runner) implements Reading<O> {}

  /**
   * The command line is wrong.
   *
   * @param asJson whether that is to be said as JSON too
   */
  record Wrong<O>(List<Mistake> mistakes, boolean asJson) implements Reading<O> {}

  /**
   * The command line asks for help.
   *
   * @param all whether it asks for the options of Beam and of the runner too
   */
  record HelpWanted<O>(boolean all) implements Reading<O> {}

  /**
   * Creates a reader of command lines.
   *
   * @param runners those on the class path; the first is taken when none is named
   */
  CommandLine(Command<O> command, List<RunnerConfig> runners) {
    this.command = command;
    this.runners = runners;
  }

  /** Returns the options that the command takes on these runners. */
  OptionSet optionSet() {
    List<Class<? extends PipelineOptions>> interfaces = new ArrayList<>();
    interfaces.add(command.options());
    runners.forEach(runner -> interfaces.addAll(runner.options()));
    OptionSet options = OptionSet.of(interfaces).with(runnerOption());
    for (RunnerConfig runner : runners) {
      options = withDefaults(options, runner);
    }
    return options;
  }

  /** Shows a runner's defaults in place of Beam's; not those that depend on other options. */
  private static OptionSet withDefaults(OptionSet options, RunnerConfig runner) {
    OptionSet changed = options;
    Map<String, String> forMany = runner.defaults(MANY_WORKERS);
    for (Map.Entry<String, String> value : runner.defaults(1).entrySet()) {
      Optional<Option> option = options.find(value.getKey());
      if (option.isPresent() && value.getValue().equals(forMany.get(value.getKey()))) {
        changed = changed.with(option.get().withDefault(value.getValue()));
      }
    }
    return changed;
  }

  Reading<O> read(List<String> words) {
    Arguments arguments = ArgumentReader.read(optionSet(), words);
    if (arguments.help() != Arguments.Help.NONE) {
      return new HelpWanted<>(arguments.help() == Arguments.Help.ALL);
    }
    if (runners.isEmpty()) {
      return new Wrong<>(
          List.of(Mistake.in(RUNNER, "there is no runner on the class path", "use the launcher")),
          asJson(arguments));
    }
    Map<String, String> values = new LinkedHashMap<>(arguments.values());
    RunnerConfig runner = runner(values);
    values.put(RUNNER, runner.beamName());
    O options = beamOptions(values);
    List<Mistake> found = new ArrayList<>(command.check(options));
    found.addAll(runner.mistakes(options));
    List<Mistake> mistakes = allMistakes(arguments, found);
    if (!mistakes.isEmpty()) {
      return new Wrong<>(mistakes, asJson(arguments));
    }
    int maxWorkers =
        options instanceof ParallelOptions parallel
            ? ParallelOptions.workers(parallel)
            : Runtime.getRuntime().availableProcessors();
    runner.defaults(maxWorkers).forEach(values::putIfAbsent);
    return new Ready<>(beamOptions(values), call(arguments.values(), values, runner), runner);
  }

  /**
   * Returns what was said and what follows from it.
   *
   * @param values what was given, with the runner and its defaults
   */
  private Call call(Map<String, String> given, Map<String, String> values, RunnerConfig runner) {
    Map<String, String> inForce = new TreeMap<>();
    StringBuilder line = new StringBuilder(command.name());
    for (Option option : optionSet().sorted()) {
      if (option.audience() == Audience.EVERYONE) {
        option.valueByDefault().ifPresent(value -> inForce.put(option.property(), value));
      }
      String value = given.get(option.property());
      if (value != null) {
        line.append(' ').append(option.word(Secrets.shown(option.property(), value)));
      }
    }
    inForce.putAll(values);
    return new Call(
        command.name(),
        line.toString(),
        withoutSecrets(given),
        withoutSecrets(inForce),
        runner.name(),
        runner.version());
  }

  private static boolean asJson(Arguments arguments) {
    return Boolean.parseBoolean(arguments.values().get("json"));
  }

  private O beamOptions(Map<String, String> values) {
    String[] arguments =
        values.entrySet().stream()
            .map(value -> "--" + value.getKey() + "=" + value.getValue())
            .toArray(String[]::new);
    return PipelineOptionsFactory.fromArgs(arguments).as(command.options());
  }

  private RunnerConfig runner(Map<String, String> values) {
    return runners.stream()
        .filter(runner -> runner.beamName().equals(values.get(RUNNER)))
        .findFirst()
        .orElse(runners.get(0));
  }

  private Option runnerOption() {
    Map<String, String> names = new LinkedHashMap<>();
    runners.forEach(runner -> names.put(runner.name(), runner.beamName()));
    Optional<String> first = runners.stream().map(RunnerConfig::name).findFirst();
    return new Option(
        RUNNER,
        new OptionType.Choice(names),
        "What runs the pipeline.",
        new Group("Run", 60),
        Audience.EVERYONE,
        false,
        false,
        List.of(),
        first,
        first);
  }

  private static List<Mistake> allMistakes(Arguments arguments, List<Mistake> found) {
    List<Mistake> all = new ArrayList<>(arguments.mistakes());
    found.stream()
        .filter(mistake -> !arguments.mistaken().contains(mistake.property()))
        .forEach(all::add);
    return all;
  }

  private static Map<String, String> withoutSecrets(Map<String, String> values) {
    Map<String, String> shown = new TreeMap<>();
    values.forEach((property, value) -> shown.put(property, Secrets.shown(property, value)));
    return shown;
  }
}
