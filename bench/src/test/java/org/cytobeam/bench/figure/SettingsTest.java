package org.cytobeam.bench.figure;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.cytobeam.bench.images.ImageSource;
import org.cytobeam.bench.server.Throttle;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static final Path HOME = Path.of("home");

  @Test
  void takesTheSizesOfTheTargetsByDefault() {
    Settings settings = Settings.parse(HOME, List.of("--source", "synthetic"));

    assertThat(settings.source(), is(ImageSource.SYNTHETIC));
    assertThat(settings.images(), is(5_000));
    assertThat(settings.few(), is(2_000));
    assertThat(settings.many(), is(20_000));
    assertThat(settings.throttle(), is(new Throttle(100, 0, 0)));
    assertThat(settings.quick(), is(false));
    assertThat(settings.options(), is(empty()));
  }

  @Test
  void leavesWhatFollowsTwoDashesToPlate() {
    Settings settings =
        Settings.parse(
            HOME, List.of("--quick", "--images", "10", "--", "--max_workers", "16", "--images"));

    assertThat(settings.quick(), is(true));
    assertThat(settings.images(), is(10));
    assertThat(settings.options(), contains("--max_workers", "16", "--images"));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(refusal("--imags", "10"), is("what is --imags 10?"));
    assertThat(refusal("--images", "ten"), is("--images ten is no number"));
    assertThat(refusal("--images"), is("--images lacks its value"));
  }

  private static String refusal(String... arguments) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> Settings.parse(HOME, List.of(arguments)))
            .getMessage());
  }
}
