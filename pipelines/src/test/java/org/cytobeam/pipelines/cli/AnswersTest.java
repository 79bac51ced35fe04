package org.cytobeam.pipelines.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnswersTest {

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  private Console console(InputStream in) {
    PrintStream err = new PrintStream(told, true, UTF_8);
    return new Console(err, err, 80).with(new Answers(in));
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  @Test
  void eachQuestionGetsTheNextLineUntilTheInputEnds() {
    Console console = console(text("yes\n\nlast"));
    Interrupt never = Interrupt.never();

    assertThat(console.ask("One?", never), is(Optional.of("yes")));
    assertThat(console.ask("Two?", never), is(Optional.of("")));
    assertThat(console.ask("Three?", never), is(Optional.of("last")));
    assertThat(console.ask("Four?", never), is(Optional.empty()));
    assertThat(console.ask("Five?", never), is(Optional.empty()));
    assertThat(told.toString(UTF_8), is("One? Two? Three? Four? %nFive? %n".formatted()));
  }

  @Test
  void aQuietConsoleAsksToo() {
    assertThat(console(text("a")).quieted().ask("?", Interrupt.never()), is(Optional.of("a")));
  }

  @Test
  void whereNobodyIsNobodyIsAsked() {
    PrintStream err = new PrintStream(told, true, UTF_8);
    Console console = new Console(err, err, 80);

    assertThat(console.canAsk(), is(false));
    assertThat(console.ask("Who?", Interrupt.never()), is(Optional.empty()));
    assertThat(told.size(), is(0));
  }

  @Test
  void theWishToStopIsNoAnswer() throws Exception {
    try (PipedOutputStream silent = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(silent)) {
      Console console = console(in);
      Interrupt interrupt = new Interrupt(console, Duration.ofSeconds(30));
      CompletableFuture<Optional<String>> answer =
          CompletableFuture.supplyAsync(() -> console.ask("Go on?", interrupt));
      CompletableFuture<Void> stopped =
          CompletableFuture.runAsync(() -> interrupt.request(code -> {}));

      assertThat(answer.get(), is(Optional.empty()));
      interrupt.settle(ExitCode.INTERRUPTED);
      stopped.get();
    }
  }
}
