package org.cytobeam.transforms.plate;

import static org.cytobeam.transforms.plate.LoadDataFiles.HEADER;
import static org.cytobeam.transforms.plate.LoadDataFiles.csv;
import static org.cytobeam.transforms.plate.LoadDataFiles.row;
import static org.cytobeam.transforms.plate.LoadDataFiles.site;
import static org.cytobeam.transforms.plate.LoadDataFiles.write;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.io.s3.StaticCredentials;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.RecordedRequest;
import org.cytobeam.testing.s3.S3TestServer;
import org.cytobeam.transforms.s3.HeldCredentials;
import org.cytobeam.transforms.s3.OpenDataClientBuilderFactory;
import org.cytobeam.transforms.s3.S3AccessOptions;
import org.cytobeam.transforms.table.InputTables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

@ExtendWith(TestPipelineExtension.class)
final class ReadLoadDataTest {

  private static final PlateSelection ALL = PlateSelection.ofChannels(List.of("DNA", "ER"));
  private static final String GALLERY = "cellpainting-gallery";

  @TempDir Path folder;

  private static PCollection<LoadDataRow> read(Pipeline pipeline, Object... tables) {
    List<String> addresses = new ArrayList<>();
    for (Object table : tables) {
      addresses.add(table.toString());
    }
    return pipeline.apply(ReadLoadData.from(addresses).withSelection(ALL));
  }

  @Test
  void csvGivesItsRows(TestPipeline pipeline) throws Exception {
    Path table =
        write(
            folder.resolve("t.csv"),
            HEADER,
            site("0012", "A01", "1"),
            "s1,b1,0012,,1,s3://bucket/x.tiff,,",
            site("0012", "A02", "1"));

    PAssert.that(read(pipeline, table))
        .containsInAnyOrder(
            row(table + " line 2", "0012", "A01", "1"),
            LoadDataRow.unusable(table + " line 3", "Metadata_Well is empty"),
            row(table + " line 4", "0012", "A02", "1"));
    pipeline.run();
  }

  @Test
  void gzipOfSeveralMembersIsOneTable(TestPipeline pipeline) throws Exception {
    Path table = folder.resolve("t.csv.gz");
    Files.write(
        table,
        LoadDataFiles.gzip(
            csv(HEADER, site("p", "A01", "1")), csv(site("p", "A02", "1")), new byte[0]));

    PAssert.that(read(pipeline, table))
        .containsInAnyOrder(
            row(table + " line 2", "p", "A01", "1"), row(table + " line 3", "p", "A02", "1"));
    pipeline.run();
  }

  @Test
  void severalTablesOfSeveralFormatsAreReadTogether(TestPipeline pipeline) throws Exception {
    Path parquet = folder.resolve("b.parquet");
    Files.write(parquet, LoadDataFiles.parquet(HEADER, site("0012", "A02", "1")));
    Path csv = write(folder.resolve("a [1] {b}.csv"), HEADER, site("p", "A01", "1"));

    PAssert.that(
            pipeline.apply(
                ReadLoadData.from(InputTables.find(folder.toString())).withSelection(ALL)))
        .containsInAnyOrder(
            row(csv + " line 2", "p", "A01", "1"), row(parquet + " row 1", "0012", "A02", "1"));
    pipeline.run();
  }

  @Test
  void aGlobIsEveryTableThatItMatches(TestPipeline pipeline) throws Exception {
    Files.createDirectories(folder.resolve("p1"));
    Files.createDirectories(folder.resolve("p2"));
    Path one = write(folder.resolve("p1/load.csv"), HEADER, site("p1", "A01", "1"));
    Path two = write(folder.resolve("p2/load.csv"), HEADER, site("p2", "A01", "1"));
    write(folder.resolve("p2/other.csv"), "this is no load_data table");

    PAssert.that(read(pipeline, folder + "/*/load.csv"))
        .containsInAnyOrder(
            row(one + " line 2", "p1", "A01", "1"), row(two + " line 2", "p2", "A01", "1"));
    pipeline.run();
  }

  @Test
  void whatIsNotWantedIsLeftOutAndCounted(TestPipeline pipeline) throws Exception {
    Path table =
        write(
            folder.resolve("t.csv"),
            HEADER + ",filter",
            site("p", "A01", "1") + ",1",
            site("p", "A01", "2") + ",0",
            site("p", "B01", "1") + ",1",
            "s1,b1,p,,,,,,1");
    PlateSelection selection =
        new PlateSelection(List.of("DNA", "ER"), Set.of("A01"), Set.of(), null, null);

    PAssert.that(
            pipeline.apply(ReadLoadData.from(List.of(table.toString())).withSelection(selection)))
        .containsInAnyOrder(
            row(table + " line 2", "p", "A01", "1"),
            LoadDataRow.unusable(table + " line 5", "Metadata_Well is empty"));
    List<String> counts = new ArrayList<>();
    for (MetricResult<Long> counter : pipeline.run().metrics().allMetrics().getCounters()) {
      counts.add(counter.getName().getName() + " " + counter.getAttempted());
    }

    assertThat(counts, hasItems("rows_read 4", "rows_filtered 1", "rows_unusable 1"));
  }

  @Test
  void aTableThatCantBeReadEndsThePipeline(TestPipeline pipeline) throws Exception {
    read(pipeline, write(folder.resolve("t.csv"), "a,b", "1,2"));

    Exception thrown = assertThrows(Exception.class, pipeline::run);

    assertThat(thrown.getMessage(), containsString("there is no column Metadata_Source"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gone.csv", "gone [1].csv", "*.csv"})
  void aTableThatHasGoneEndsThePipeline(String name, TestPipeline pipeline) {
    read(pipeline, folder + "/" + name);

    Exception thrown = assertThrows(Exception.class, pipeline::run);

    assertThat(thrown.getMessage(), containsString(name));
  }

  @Test
  void aTableOfAPublicBucketIsReadWithoutCredentials() throws Exception {
    try (S3TestServer server = S3TestServer.start().bucket(GALLERY, Access.UNSIGNED)) {
      byte[] parquet = LoadDataFiles.parquet(HEADER, site("0012", "A01", "1"));
      server.put(GALLERY, "a b/t#1.parquet", parquet);
      server.put(GALLERY, "a b/t.csv.gz", LoadDataFiles.gzip(csv(HEADER, site("p", "A02", "1"))));
      server.always(GALLERY, "a b/t.csv.gz", Fault.none().header("Content-Encoding", "gzip"));
      TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
      S3AccessOptions options = pipeline.getOptions().as(S3AccessOptions.class);
      options.setEndpoint(server.endpoint());
      options.setAwsRegion(Region.US_EAST_1);
      options.setClientBuilderFactory(OpenDataClientBuilderFactory.class);
      FileSystems.setDefaultPipelineOptions(options);
      List<String> tables = InputTables.find("s3://" + GALLERY + "/a b/");
      assertThat(
          tables,
          is(List.of("s3://" + GALLERY + "/a b/t#1.parquet", "s3://" + GALLERY + "/a b/t.csv.gz")));

      PAssert.that(pipeline.apply(ReadLoadData.from(tables).withSelection(ALL)))
          .containsInAnyOrder(
              row(tables.get(0) + " row 1", "0012", "A01", "1"),
              row(tables.get(1) + " line 2", "p", "A02", "1"));
      pipeline.run();

      assertThat(
          server.requests().stream().map(RecordedRequest::signed).toList(), everyItem(is(false)));
    }
  }

  /** As on a worker: it has the options, where credentials have only a name, and the step. */
  @Test
  void theStepBringsTheCredentialsThatTheOptionsName() throws Exception {
    try (S3TestServer server = S3TestServer.start().bucket("own", Access.SIGNED)) {
      server.put("own", "p/t.csv", csv(HEADER, site("p", "A01", "1")));
      HeldCredentials credentials =
          new HeldCredentials(
              "brought by the step",
              new StaticCredentials(
                  S3TestServer.ACCESS_KEY_ID, S3TestServer.SECRET_ACCESS_KEY, null));
      TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
      S3AccessOptions options = pipeline.getOptions().as(S3AccessOptions.class);
      options.setEndpoint(server.endpoint());
      options.setAwsRegion(Region.US_EAST_1);
      options.setClientBuilderFactory(OpenDataClientBuilderFactory.class);
      options.setS3HeldCredentials(credentials.name());

      PAssert.that(
              pipeline.apply(
                  ReadLoadData.from(List.of("s3://own/p/*.csv"))
                      .withSelection(ALL)
                      .withCredentials(Optional.of(credentials))))
          .containsInAnyOrder(row("s3://own/p/t.csv line 2", "p", "A01", "1"));
      pipeline.run();

      assertThat(
          server.requests().stream().map(RecordedRequest::signed).toList(), everyItem(is(true)));
    }
  }

  @Test
  void whatIsReadIsShown() {
    List<Object> values = new ArrayList<>();
    DisplayData.from(
            ReadLoadData.from(List.of("a.csv", "b.csv"))
                .withSelection(
                    new PlateSelection(
                        List.of("DNA", "ER"), Set.of("A01", "A02", "A03"), Set.of(), null, null)))
        .items()
        .forEach(item -> values.add(item.getValue()));

    assertThat(values, hasItems("a.csv, b.csv", "DNA, ER", 3L, 0L));
  }
}
