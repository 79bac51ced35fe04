package org.cytobeam.pipelines.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import org.cytobeam.pipelines.options.OptionPage;
import org.cytobeam.transforms.outcome.FailureClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code docs/plate.md} says what the code says. With {@code -Dcytobeam.docs.write=true} the table
 * of options is written anew.
 */
class PlateDocTest {

  private static final OptionPage PAGE = new OptionPage("plate.md", "PlateDocTest");

  @Test
  void listsTheOptionsAsTheHelpDoes() throws IOException {
    PAGE.assertLists(PlateOptions.class);
  }

  @ParameterizedTest
  @EnumSource
  void explainsEachClassOfFailure(FailureClass failureClass) throws IOException {
    assertThat(PAGE.text(), containsString("\n| `" + failureClass.label() + "` |"));
  }
}
