package org.cytobeam.pipelines.cli;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;

/** A command that needs no pipeline. */
final class ShoutCommand implements Command<ShoutOptions> {

  @Override
  public String name() {
    return "shout";
  }

  @Override
  public String summary() {
    return "Prints a text in capitals.";
  }

  @Override
  public List<String> examples() {
    return List.of("shout --what hello");
  }

  @Override
  public Class<ShoutOptions> options() {
    return ShoutOptions.class;
  }

  @Override
  public List<Mistake> check(ShoutOptions options) {
    String what = Objects.requireNonNullElse(options.getWhat(), "");
    return what.length() * options.getTimes() < 5
        ? List.of(
            Mistake.in("what", "is too short", "give more letters"),
            Mistake.in("times", "is too few", "give more times"))
        : List.of();
  }

  @Override
  public ExitCode run(ShoutOptions options, Invocation invocation) throws MistakesException {
    String what = Objects.requireNonNull(options.getWhat());
    switch (what) {
      case "missing input" ->
          throw new MistakesException(
              List.of(Mistake.at("words.csv, line 3", "has no words", "write some")));
      case "broken" ->
          throw new IllegalStateException(
              "java.io.IOException: x",
              new IllegalArgumentException("the voice\n is gone at https://me:pw@host/"));
      case "an error" -> throw new NoClassDefFoundError("org/example/Voice");
      default ->
          invocation
              .console()
              .result(
                  what.toUpperCase(Locale.ROOT).repeat(options.getTimes())
                      + " "
                      + invocation.given()
                      + " "
                      + options.getRunner().getSimpleName());
    }
    return ExitCode.DONE;
  }
}
