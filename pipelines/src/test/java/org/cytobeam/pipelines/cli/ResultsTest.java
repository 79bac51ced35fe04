package org.cytobeam.pipelines.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.cytobeam.pipelines.options.Mistake;
import org.junit.jupiter.api.Test;

final class ResultsTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Results results(boolean asJson) {
    return new Results(
        new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), 80),
        "trial",
        asJson);
  }

  private static void fill(Results results) {
    results.line("3 rows are left out");
    results.append("runs", JsonNodeFactory.instance.objectNode().put("n", 1), List.of("one"));
    results.append("runs", JsonNodeFactory.instance.objectNode().put("n", 2), List.of("two"));
    results.put("page", TextNode.valueOf("http://me:pw@host/a"), List.of());
    results.end(ExitCode.INCOMPLETE);
  }

  @Test
  void peopleGetLines() {
    fill(results(false));

    assertThat(out.toString(UTF_8), is("3 rows are left out\none\ntwo\n"));
    assertThat(err.toString(UTF_8), is(emptyString()));
  }

  @Test
  void scriptsGetOneDocumentWithoutSecrets() {
    fill(results(true));

    assertThat(
        out.toString(UTF_8),
        is(
            "{\"command\":\"trial\",\"runs\":[{\"n\":1},{\"n\":2}],"
                + "\"page\":\"http://***@host/a\",\"exit_code\":3}\n"));
    assertThat(err.toString(UTF_8), is("3 rows are left out\none\ntwo\n"));
  }

  @Test
  void mistakesAreData() {
    Results results = results(true);
    results.error("one mistake", List.of(Mistake.in("times", "is too few", "give more")));
    results.end(ExitCode.USAGE);

    assertThat(
        out.toString(UTF_8),
        is(
            "{\"command\":\"trial\",\"error\":\"one mistake\",\"mistakes\":[{\"subject\":"
                + "\"--times\",\"problem\":\"is too few\",\"mend\":\"give more\"}],"
                + "\"exit_code\":2}\n"));
  }

  @Test
  void allCommandsHaveTheOption() {
    List<String> without = new ArrayList<>();
    for (Command<?> command : ServiceLoader.load(Command.class)) {
      if (!ConsoleOptions.class.isAssignableFrom(command.options())) {
        without.add(command.name());
      }
    }

    assertThat(without, is(List.of()));
  }
}
