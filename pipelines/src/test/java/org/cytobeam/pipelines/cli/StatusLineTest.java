package org.cytobeam.pipelines.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusLineTest {

  private static final String ERASE = "\r\u001b[K";

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final StatusLine status = new StatusLine(terminal);

  @Test
  void linesPassAboveTheStatus() throws IOException {
    status.show("1 of 2");
    status.write("WARN  a\n".getBytes(UTF_8));
    status.show("2 of 2");
    status.show("");
    status.write("done\n".getBytes(UTF_8));

    assertThat(
        text(),
        equalTo("1 of 2" + ERASE + "WARN  a\n1 of 2" + ERASE + "2 of 2" + ERASE + "done\n"));
  }

  @Test
  void aLineInPiecesIsNotTorn() throws IOException {
    status.show("1 of 2");
    status.write("WARN  ".getBytes(UTF_8));
    status.show("2 of 2");
    status.write("a\n".getBytes(UTF_8));

    assertThat(text(), equalTo("1 of 2" + ERASE + "WARN  a\n2 of 2"));
  }

  @Test
  void nothingIsDrawnAfterTheEnd() throws IOException {
    status.show("1 of 2");
    status.end();
    status.show("2 of 2");
    status.write("Interrupted.\n".getBytes(UTF_8));

    assertThat(text(), equalTo("1 of 2" + ERASE + "Interrupted.\n"));
  }

  @Test
  void resultsComeAfterTheStatusIsGone() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console = Console.ofTerminal(new PrintStream(out, true, UTF_8), status, 80);

    console.status("2 of 2");
    console.result("2 items: 2 done");

    assertThat(text(), equalTo("2 of 2" + ERASE));
    assertThat(out.toString(UTF_8).strip(), equalTo("2 items: 2 done"));
  }

  @Test
  void aTerminalIsOneThatTheLauncherSawAndThatKnowsControlSequences() {
    assertThat(Console.isTerminal(Map.of("CYTOBEAM_TERMINAL", "1")), equalTo(true));
    assertThat(
        Console.isTerminal(Map.of("CYTOBEAM_TERMINAL", "1", "TERM", "dumb")), equalTo(false));
    assertThat(Console.isTerminal(Map.of("TERM", "xterm")), equalTo(false));
  }

  private String text() {
    return terminal.toString(UTF_8);
  }
}
