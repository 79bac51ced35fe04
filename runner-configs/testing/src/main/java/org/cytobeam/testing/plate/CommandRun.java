package org.cytobeam.testing.plate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.cytobeam.pipelines.cli.Answers;
import org.cytobeam.pipelines.cli.Console;
import org.cytobeam.pipelines.cli.Cytobeam;
import org.cytobeam.pipelines.cli.ExitCode;

/**
 * What a whole command did, run in this process.
 *
 * @param code what it told the shell
 * @param out what it wrote to the standard output
 * @param err what it wrote to the standard error
 */
public record CommandRun(ExitCode code, String out, String err) {

  /** Runs {@code plate} on a table into a folder, with more options. */
  public static CommandRun plate(Path table, Path out, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("plate", "--job_csv_path", table.toString()));
    arguments.addAll(List.of("--output_dir", out.toString()));
    arguments.addAll(List.of(more));
    return of(arguments.toArray(String[]::new));
  }

  /** Runs a command line, such as {@code plate --job_csv_path x.csv --output_dir out}. */
  public static CommandRun of(String... arguments) {
    return on(console -> console, arguments);
  }

  /**
   * Runs a command line where people can be asked.
   *
   * @param input all that they type
   */
  public static CommandRun typing(String input, String... arguments) {
    Answers answers = new Answers(new ByteArrayInputStream(input.getBytes(UTF_8)));
    return on(console -> console.with(answers), arguments);
  }

  private static CommandRun on(UnaryOperator<Console> change, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), 100);
    ExitCode code = Cytobeam.run(List.of(arguments), change.apply(console));
    return new CommandRun(code, out.toString(UTF_8), err.toString(UTF_8));
  }
}
