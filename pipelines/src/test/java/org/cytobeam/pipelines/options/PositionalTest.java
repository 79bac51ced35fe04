package org.cytobeam.pipelines.options;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionalTest {

  private static final OptionSet OPTIONS = OptionSet.of(List.of(FolderOptions.class));

  /** A folder, which needs no name, and what does. */
  interface FolderOptions extends PipelineOptions {
    @Validation.Required
    @Positional
    @Example("out")
    String getOutputDir();

    void setOutputDir(String folder);

    boolean getForce();

    void setForce(boolean force);

    String getRunId();

    void setRunId(String run);
  }

  /** One too many. */
  interface TwoOptions extends FolderOptions {
    @Positional
    String getOther();

    void setOther(String other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b --force --run_id 7",
        "--force a/b --run-id=7",
        "--run_id 7 --force a/b",
        "--runId 7 --force --outputDir a/b",
        "a/b --force --run_id 7 --output_dir=a/b",
      })
  void isTakenWithItsNameAndWithout(String line) {
    Arguments arguments = read(line);

    assertThat(lines(arguments), empty());
    assertThat(
        arguments.values(), equalTo(Map.of("outputDir", "a/b", "force", "true", "runId", "7")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--force|--output_dir: is missing; give it as out or --output_dir=out",
        "a b|--output_dir: is given twice, \"a\" and \"b\"; leave one of the two out",
        "a --output_dir b|--output_dir: is given twice, \"a\" and \"b\"; leave one of the two out",
        "a -b|-b: there is no such option; --help lists all there are",
        "--forse a|--forse: there is no such option; did you mean --force?",
      })
  void namesTheMistakeAndItsMend(String line, String mistake) {
    assertThat(lines(read(line)), contains(mistake));
  }

  @Test
  void thereIsOneAtMost() {
    assertThrows(IllegalArgumentException.class, () -> OptionSet.of(List.of(TwoOptions.class)));
  }

  private static Arguments read(String line) {
    return ArgumentReader.read(OPTIONS, List.of(line.split(" ")));
  }

  private static List<String> lines(Arguments arguments) {
    return arguments.mistakes().stream().map(Mistake::line).toList();
  }
}
