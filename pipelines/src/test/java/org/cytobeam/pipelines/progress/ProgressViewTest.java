package org.cytobeam.pipelines.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.cytobeam.pipelines.cli.Console;
import org.junit.jupiter.api.Test;

class ProgressViewTest {

  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console =
      new Console(new PrintStream(new ByteArrayOutputStream(), true, UTF_8), stream(), 80);

  @Test
  void withoutATerminalALineComesEvery30Seconds() {
    ProgressView view = ProgressView.on(console);

    for (int second = 0; second <= 75; second++) {
      view.show(new Progress(100, second, 0, 0, second, 0, 0), 1000 + second * SECOND);
    }

    assertThat(
        err.toString(UTF_8).lines().toList(),
        contains("30 of 100 (30 %), 1 min 10 s left, 1.0/s", "60 of 100 (60 %), 40 s left, 1.0/s"));
  }

  @Test
  void aQuietConsoleShowsNothing() {
    ProgressView view = ProgressView.on(console.quieted());

    view.show(new Progress(100, 1, 0, 0, 1, 0, 0), 0);
    view.show(new Progress(100, 2, 0, 0, 2, 0, 0), 3600 * SECOND);
    view.close();

    assertThat(err.toString(UTF_8), equalTo(""));
  }

  private PrintStream stream() {
    return new PrintStream(err, true, UTF_8);
  }
}
