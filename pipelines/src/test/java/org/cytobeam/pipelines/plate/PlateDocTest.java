package org.cytobeam.pipelines.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cytobeam.transforms.outcome.FailureClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/plate.md} says what the code says. */
class PlateDocTest {

  @ParameterizedTest
  @EnumSource
  void explainsEachClassOfFailure(FailureClass failureClass) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "plate.md"));

    assertThat(page, containsString("\n| `" + failureClass.label() + "` |"));
  }
}
