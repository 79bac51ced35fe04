package org.cytobeam.pipelines.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.beam.sdk.options.PipelineOptions;
import org.cytobeam.pipelines.cli.CommandLine.HelpWanted;
import org.cytobeam.pipelines.cli.CommandLine.Ready;
import org.cytobeam.pipelines.cli.CommandLine.Wrong;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.pipelines.options.Secrets;
import org.cytobeam.pipelines.options.Spelling;
import org.cytobeam.pipelines.runner.RunnerConfig;
import org.slf4j.LoggerFactory;

/** The program: finds the command that the arguments name and runs it. */
public final class Cytobeam {

  private final List<Command<?>> commands;
  private final List<RunnerConfig> runners;
  private final Console console;
  private final Interrupt interrupt;

  /**
   * Creates the program.
   *
   * @param runners those that pipelines can run on
   */
  Cytobeam(
      List<Command<?>> commands, List<RunnerConfig> runners, Console console, Interrupt interrupt) {
    this.commands = commands;
    this.runners = runners;
    this.console = console;
    this.interrupt = interrupt;
  }

  /**
   * Runs a command in this process, which goes on afterwards; signals are not caught.
   *
   * @param arguments as on a command line
   */
  public static ExitCode run(List<String> arguments, Console console) {
    Interrupt never = new Interrupt(console, Interrupt.GRACE);
    return new Cytobeam(installed(), RunnerConfig.available(), console, never).run(arguments);
  }

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Console console = Console.system();
    Interrupt interrupt = new Interrupt(console, Interrupt.GRACE);
    interrupt.catchSignals();
    ExitCode code = ExitCode.FAILED;
    try {
      code =
          new Cytobeam(installed(), RunnerConfig.available(), console, interrupt)
              .run(Arrays.asList(arguments));
    } finally {
      interrupt.settle(code);
    }
    System.exit(code.number());
  }

  private static List<Command<?>> installed() {
    List<Command<?>> commands = new ArrayList<>();
    ServiceLoader.load(Command.class).forEach(commands::add);
    return commands;
  }

  /** Does what the arguments say; whatever is thrown meanwhile is told and becomes an exit code. */
  ExitCode run(List<String> arguments) {
    try {
      return dispatch(arguments);
    } catch (Throwable e) {
      return failed("cytobeam", e);
    }
  }

  private ExitCode dispatch(List<String> arguments) {
    if (arguments.isEmpty()) {
      Help.ofProgram(commands, console.width()).forEach(console::message);
      return ExitCode.USAGE;
    }
    return switch (arguments.get(0)) {
      case "--version", "version" -> {
        console.result(BuildInfo.read().line());
        yield ExitCode.DONE;
      }
      case "--help", "-h", "help" -> help(arguments.subList(1, arguments.size()));
      default -> command(arguments);
    };
  }

  private ExitCode help(List<String> words) {
    if (words.isEmpty()) {
      Help.ofProgram(commands, console.width()).forEach(console::result);
      return ExitCode.DONE;
    }
    List<String> asked = new ArrayList<>(words);
    asked.add("--help");
    return command(asked);
  }

  private ExitCode command(List<String> arguments) {
    Optional<Command<?>> named =
        commands.stream()
            .filter(command -> isCalledBy(command, arguments))
            .max(Comparator.comparingInt(command -> words(command).size()));
    return named.isPresent() ? run(named.get(), arguments) : noCommand(arguments);
  }

  private static boolean isCalledBy(Command<?> command, List<String> arguments) {
    List<String> words = words(command);
    return arguments.size() >= words.size() && arguments.subList(0, words.size()).equals(words);
  }

  private static List<String> words(Command<?> command) {
    return List.of(command.name().split(" "));
  }

  private ExitCode noCommand(List<String> arguments) {
    String first = arguments.get(0);
    List<Command<?>> family =
        commands.stream().filter(command -> words(command).get(0).equals(first)).toList();
    boolean wantsHelp = arguments.contains("--help") || arguments.contains("-h");
    if (!family.isEmpty() && wantsHelp) {
      Help.ofProgram(family, console.width()).forEach(console::result);
      return ExitCode.DONE;
    }
    Results results = new Results(console, "", arguments.contains("--json"));
    return report("cytobeam", List.of(unknownCommand(first, arguments, family)), results);
  }

  private Mistake unknownCommand(String first, List<String> arguments, List<Command<?>> family) {
    if (!family.isEmpty()) {
      String names = String.join(", ", family.stream().map(Command::name).toList());
      return Mistake.at(first, "is the first word of several commands", "give one of " + names);
    }
    if (first.startsWith("-") || first.startsWith("@")) {
      return Mistake.at(
          Secrets.shown(first).replaceFirst("=.*", ""),
          "stands where a command is expected",
          "begin with one of " + String.join(", ", names()));
    }
    String typed = String.join(" ", arguments.subList(0, Math.min(2, arguments.size())));
    List<String> near = new ArrayList<>(Spelling.nearest(first.toLowerCase(Locale.ROOT), names()));
    near.addAll(Spelling.nearest(typed.toLowerCase(Locale.ROOT), names()));
    String mend =
        near.isEmpty()
            ? "there are " + String.join(", ", names())
            : "did you mean " + String.join(" or ", near.stream().distinct().toList()) + "?";
    return Mistake.at(first.replaceAll("\\p{Cntrl}", "?"), "there is no such command", mend);
  }

  private List<String> names() {
    return commands.stream().<String>map(Command::name).toList();
  }

  private <O extends PipelineOptions> ExitCode run(Command<O> command, List<String> arguments) {
    CommandLine<O> line = new CommandLine<>(command, runners);
    List<String> words = arguments.subList(words(command).size(), arguments.size());
    var reading = line.read(words);
    if (reading instanceof HelpWanted<O> help) {
      Help.ofCommand(command, line.optionSet(), help.all(), console.width())
          .forEach(console::result);
      return ExitCode.DONE;
    } else if (reading instanceof Wrong<O> wrong) {
      Results results = new Results(console, command.name(), wrong.asJson());
      return report("cytobeam " + command.name(), wrong.mistakes(), results);
    }
    return run(command, (Ready<O>) reading);
  }

  private <O extends PipelineOptions> ExitCode run(Command<O> command, Ready<O> ready) {
    ConsoleOptions talk = ready.options().as(ConsoleOptions.class);
    Console heard = talk.getQuiet() ? console.quieted() : console;
    Results results = new Results(heard, command.name(), talk.getJson());
    Invocation invocation = new Invocation(ready.call(), ready.runner(), heard, results, interrupt);
    String program = "cytobeam " + command.name();
    try {
      ExitCode code = command.run(ready.options(), invocation);
      results.end(code);
      return code;
    } catch (MistakesException e) {
      return report(program, e.mistakes(), results);
    } catch (Throwable e) {
      ExitCode code = failed(program, e);
      results.error(FailureText.of(e));
      results.end(code);
      return code;
    }
  }

  /** Errors too: one that left the main thread would look like an interruption to the shell. */
  private ExitCode failed(String program, Throwable e) {
    LoggerFactory.getLogger(Cytobeam.class).error("{} failed", program, e);
    console.message(program + ": " + FailureText.of(e));
    return interrupt.isRequested() ? ExitCode.INTERRUPTED : ExitCode.FAILED;
  }

  private ExitCode report(String program, List<Mistake> mistakes, Results results) {
    int count = mistakes.size();
    String text =
        "%s, and nothing was started".formatted(count == 1 ? "one mistake" : count + " mistakes");
    console.message(program + ": " + text + ":");
    mistakes.forEach(mistake -> console.message("  " + mistake.line()));
    console.message("./" + program + " --help shows how it is called.");
    results.error(text, mistakes);
    results.end(ExitCode.USAGE);
    return ExitCode.USAGE;
  }
}
