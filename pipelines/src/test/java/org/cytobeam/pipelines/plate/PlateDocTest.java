package org.cytobeam.pipelines.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cytobeam.pipelines.options.OptionSet;
import org.cytobeam.transforms.outcome.FailureClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code docs/plate.md} says what the code says. With {@code -Dcytobeam.docs.write=true} the table
 * of options is written anew.
 */
class PlateDocTest {

  private static final Path PAGE = Path.of("..", "docs", "plate.md");
  private static final String BEGIN = "<!-- options: begin; made by PlateDocTest -->\n\n";
  private static final String END = "\n<!-- options: end -->";

  @Test
  void listsTheOptionsAsTheHelpDoes() throws IOException {
    String table = OptionTable.of(OptionSet.of(List.of(PlateOptions.class)));
    if (Boolean.getBoolean("cytobeam.docs.write")) {
      String page = page();
      Files.writeString(PAGE, page.substring(0, begin(page)) + table + page.substring(end(page)));
    }

    String page = page();
    assertThat(
        "run this test with -Dcytobeam.docs.write=true",
        page.substring(begin(page), end(page)),
        equalTo(table));
  }

  @ParameterizedTest
  @EnumSource
  void explainsEachClassOfFailure(FailureClass failureClass) throws IOException {
    assertThat(page(), containsString("\n| `" + failureClass.label() + "` |"));
  }

  private static int begin(String page) {
    int begin = page.indexOf(BEGIN);
    assertThat("a line " + BEGIN, begin, greaterThan(0));
    return begin + BEGIN.length();
  }

  private static int end(String page) {
    int end = page.indexOf(END);
    assertThat("a line " + END, end, greaterThan(0));
    return end;
  }

  private static String page() throws IOException {
    return Files.readString(PAGE).replace("\r\n", "\n");
  }
}
