package org.cytobeam.pipelines.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItems;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.cytobeam.pipelines.options.OptionPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The documentation lists the options of each command: a job has a page of its own, the others are
 * in {@code docs/outputs.md}. With {@code -Dcytobeam.docs.write=true} the tables are written anew.
 */
class CommandDocTest {

  @SuppressWarnings("rawtypes")
  private static Stream<Command> commands() {
    return ServiceLoader.load(Command.class).stream().map(ServiceLoader.Provider::get);
  }

  @Test
  void knowsTheCommands() {
    List<String> names = commands().<String>map(Command::name).toList();

    assertThat(names, hasItems("plate", "verify", "report"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void listsTheOptionsAsTheHelpDoes(Command<?> command) throws IOException {
    String own = command.name().replace(' ', '-') + ".md";
    String page = Files.exists(Path.of("..", "docs", own)) ? own : "outputs.md";

    new OptionPage(page, command.name(), "CommandDocTest").assertLists(command.options());
  }
}
