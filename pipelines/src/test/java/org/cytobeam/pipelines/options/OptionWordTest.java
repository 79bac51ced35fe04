package org.cytobeam.pipelines.options;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;

/** Options as words of a command line. */
final class OptionWordTest {

  private static final OptionSet OPTIONS = OptionSet.of(List.of(SampleOptions.class));

  private static Option option(String name) {
    return OPTIONS.find(name).orElseThrow();
  }

  @Test
  void aFlagHasNoValue() {
    assertThat(option("force").word("true"), is("--force"));
    assertThat(option("force").word("false"), is("--no_force"));
  }

  @Test
  void aDefaultIsInTheFormThatIsGiven() {
    assertThat(option("check").byDefault(), is(Optional.of("sha_256")));
    assertThat(option("check").valueByDefault(), is(Optional.of("SHA_256")));
    assertThat(option("percentile").valueByDefault(), is(Optional.of("1.0")));
  }

  @Property(tries = 50)
  void whatIsQuotedIsReadAsItWas(
      @ForAll @AlphaChars @Chars({' ', '\'', '"', '$', '\\', '*', ';', '\n', 'é'}) String text)
      throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", "printf '%s' " + ShellWord.of(text)).start();

    String read = new String(shell.getInputStream().readAllBytes(), UTF_8);

    assertThat(shell.waitFor(1, TimeUnit.MINUTES), is(true));
    assertThat(read, is(text));
  }
}
