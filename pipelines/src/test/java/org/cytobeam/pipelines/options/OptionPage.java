package org.cytobeam.pipelines.options;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A page of the documentation with the table of a command's options.
 *
 * @param name of the file in {@code docs}
 * @param command the name of the command, which stands before the table: a page may have several
 * @param test the name of the test that makes the table, which stands there too
 */
public record OptionPage(String name, String command, String test) {

  private static final String END = "<!-- options: end -->";

  /** Returns the text of the page. */
  public String text() throws IOException {
    return Files.readString(file()).replace("\r\n", "\n");
  }

  /**
   * Fails unless the table in the page is that of the options. With {@code
   * -Dcytobeam.docs.write=true} it is written anew first.
   */
  public void assertLists(Class<? extends PipelineOptions> options) throws IOException {
    String table = OptionTable.of(OptionSet.of(List.of(options))) + "\n";
    if (Boolean.getBoolean("cytobeam.docs.write")) {
      String page = text();
      Files.writeString(file(), page.substring(0, begin(page)) + table + page.substring(end(page)));
    }

    String page = text();
    assertThat(
        "run this test with -Dcytobeam.docs.write=true",
        page.substring(begin(page), end(page)),
        equalTo(table));
  }

  private Path file() {
    return Path.of("..", "docs", name);
  }

  private int begin(String page) {
    String line = "<!-- options of " + command + ": begin; made by " + test + " -->\n\n";
    int begin = page.indexOf(line);
    assertThat("a line " + line, begin, greaterThan(0));
    return begin + line.length();
  }

  private int end(String page) {
    int end = page.indexOf(END, begin(page));
    assertThat("a line " + END, end, greaterThan(0));
    return end;
  }
}
