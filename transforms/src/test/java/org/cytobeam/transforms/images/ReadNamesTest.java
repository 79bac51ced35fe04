package org.cytobeam.transforms.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.cytobeam.transforms.outcome.ItemSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
final class ReadNamesTest {

  @TempDir Path folder;

  private String write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static List<String> counts(TestPipeline pipeline) {
    List<String> counts = new ArrayList<>();
    for (MetricResult<Long> counter : pipeline.run().metrics().allMetrics().getCounters()) {
      counts.add(counter.getName().getName() + " " + counter.getAttempted());
    }
    return counts;
  }

  @Test
  void severalTablesAreReadTogether(TestPipeline pipeline) throws Exception {
    String list = write("a [1] {b}.csv", "x.jpg\nn\0\nx.jpg\n");
    String lines = write("b.jsonl", "{\"key\":\"y.jpg\"}\n");

    PAssert.that(pipeline.apply(ReadNames.from(List.of(list, lines))))
        .containsInAnyOrder(
            ListedName.of("x.jpg", list + " line 1", null),
            ListedName.of("", list + " line 2", "the line has a NUL character"),
            ListedName.of("x.jpg", list + " line 3", null),
            ListedName.of("y.jpg", lines + " line 1", null));

    assertThat(counts(pipeline), hasItems("rows_read 4", "rows_unusable 1"));
  }

  @Test
  void onlyWhatIsWantedIsRead(TestPipeline pipeline) throws Exception {
    String list = write("l.csv", "x.jpg\nn\0\ny.jpg\n");

    PAssert.that(
            pipeline.apply(
                ReadNames.from(List.of(list)).withOnly(ItemSet.of(List.of("y.jpg", "z")))))
        .containsInAnyOrder(ListedName.of("y.jpg", list + " line 3", null));

    assertThat(counts(pipeline), hasItems("rows_read 3", "rows_unwanted 2"));
  }

  @Test
  void aTableThatCantBeReadEndsThePipeline(TestPipeline pipeline) throws Exception {
    pipeline.apply(ReadNames.from(List.of(write("t.csv", "a,b\n"))).withColumn("c"));

    Exception thrown = assertThrows(Exception.class, pipeline::run);

    assertThat(thrown.getMessage(), containsString("there is no column c; there are: a, b"));
  }

  @Test
  void whatIsReadIsShown() {
    List<Object> values = new ArrayList<>();
    DisplayData.from(
            ReadNames.from(List.of("a.csv", "b.csv"))
                .withColumn("file")
                .withOnly(ItemSet.of(List.of("x"))))
        .items()
        .forEach(item -> values.add(item.getValue()));

    assertThat(values, hasItems("a.csv, b.csv", "file", 1L));
    assertThat(values.size(), is(3));
  }
}
