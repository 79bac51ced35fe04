package org.cytobeam.pipelines.options;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import org.cytobeam.pipelines.options.Option.Audience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionSetTest {

  private final OptionSet options = OptionSet.of(List.of(SampleOptions.class));

  /** Two options that differ in nothing but case. */
  interface Twins extends PipelineOptions {
    int getMaxWorkers();

    void setMaxWorkers(int workers);

    int getMaxworkers();

    void setMaxworkers(int workers);
  }

  @ParameterizedTest
  @CsvSource({
    "minResolutionX, --min_resolution_x",
    "force, --force",
    "s3PublicBuckets, --s3_public_buckets",
    "SSEAlgorithm, --sse_algorithm",
    "awsRegion, --aws_region"
  })
  void showsNamesInSnakeCase(String property, String shown) {
    assertThat(OptionName.shown(property), equalTo(shown));
  }

  @Test
  void sortsByGroupThenRequiredThenName() {
    List<String> own =
        options.sorted().stream()
            .filter(option -> option.audience() == Audience.EVERYONE)
            .map(Option::property)
            .toList();

    assertThat(
        own,
        contains(
            "jobCsvPath",
            "channels",
            "check",
            "dbPassword",
            "force",
            "removeTmp",
            "sites",
            "maxPixels",
            "minResolutionX",
            "percentile"));
  }

  @Test
  void knowsDefaultsAsPeopleWriteThem() {
    assertThat(byDefault("channels"), equalTo(Optional.of("DNA,AGP,ER,Mito,RNA")));
    assertThat(byDefault("check"), equalTo(Optional.of("sha_256")));
    assertThat(byDefault("percentile"), equalTo(Optional.of("1")));
    assertThat(byDefault("maxPixels"), equalTo(Optional.of("100000000")));
    assertThat(byDefault("jobCsvPath"), equalTo(Optional.empty()));
  }

  @Test
  void beamsOptionsAreForTheCuriousAndItsInternalOnesForNobody() {
    assertThat(options.find("tempLocation").orElseThrow().audience(), equalTo(Audience.CURIOUS));
    assertThat(options.find("optionsId").orElseThrow().audience(), equalTo(Audience.NOBODY));
  }

  @Test
  void refusesOptionsThatNobodyCouldTellApart() {
    assertThrows(IllegalArgumentException.class, () -> OptionSet.of(List.of(Twins.class)));
  }

  private Optional<String> byDefault(String property) {
    return options.find(property).orElseThrow().byDefault();
  }
}
