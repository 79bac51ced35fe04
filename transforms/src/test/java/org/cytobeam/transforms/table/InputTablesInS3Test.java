package org.cytobeam.transforms.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.S3TestServer;
import org.cytobeam.transforms.s3.OpenDataClientBuilderFactory;
import org.cytobeam.transforms.s3.S3AccessOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.regions.Region;

/** Listings that are lost, overlap, or have what has gone. */
@Timeout(60)
final class InputTablesInS3Test {

  private static final String GALLERY = "cellpainting-gallery";
  private static final String FOLDER = "s3://" + GALLERY + "/tables/";
  private static final Fault PAGE = Fault.page(1);

  private final S3TestServer server = S3TestServer.start().bucket(GALLERY, Access.UNSIGNED);

  @BeforeEach
  void start() {
    S3AccessOptions options = PipelineOptionsFactory.as(S3AccessOptions.class);
    options.setEndpoint(server.endpoint());
    options.setAwsRegion(Region.US_EAST_1);
    options.setClientBuilderFactory(OpenDataClientBuilderFactory.class);
    FileSystems.setDefaultPipelineOptions(options);
    server.put(GALLERY, "tables/1.csv", new byte[1]);
    server.put(GALLERY, "tables/2.csv", new byte[1]);
    server.always(GALLERY, "", PAGE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int listings() {
    return server.count("GET", GALLERY, "");
  }

  @Test
  void aPageThatIsLostIsAskedForAgain() throws IOException {
    server.script(GALLERY, "", PAGE.and(Fault.loseReply()), PAGE, Fault.status(503));

    assertThat(InputTables.find(FOLDER), contains(FOLDER + "1.csv", FOLDER + "2.csv"));
    assertThat(listings(), is(4));
  }

  @Test
  void aTableOnTwoPagesIsListedAnewAndIsOne() throws IOException {
    server.script(GALLERY, "", PAGE, PAGE.and(Fault.overlap()));

    assertThat(InputTables.find(FOLDER), contains(FOLDER + "1.csv", FOLDER + "2.csv"));
    assertThat("three pages with the one that overlaps, and two", listings(), is(5));
  }

  @Test
  void pagesThatAlwaysOverlapAreRefused() {
    for (int i = 0; i < 3; i++) {
      server.script(GALLERY, "", PAGE, PAGE.and(Fault.overlap()), PAGE);
    }

    IOException refusal = assertThrows(IOException.class, () -> InputTables.find(FOLDER));

    assertThat(refusal.getMessage(), is("the server lists a file twice"));
    assertThat(listings(), is(9));
  }

  @Test
  void aTableThatWentAfterItWasListedHidesNoOther() throws IOException {
    server.script(GALLERY, "tables/2.csv", Fault.status(404));

    assertThat(InputTables.find(FOLDER), contains(FOLDER + "1.csv", FOLDER + "2.csv"));
    assertThat("two pages, twice", listings(), is(4));
  }

  @Test
  void aTableThatIsListedForEverButNotThereIsSaid() {
    server.always(GALLERY, "tables/2.csv", Fault.status(404));

    assertThat(
        assertThrows(FileNotFoundException.class, () -> InputTables.find(FOLDER)).getMessage(),
        is(
            "there is no .csv, .csv.gz or .parquet file in this folder,"
                + " or one that is listed can't be found"));
    assertThat(
        assertThrows(FileNotFoundException.class, () -> InputTables.find(FOLDER + "*.csv"))
            .getMessage(),
        is("there is no such file, or one that is listed can't be found"));
    assertThat("two pages, three times for each", listings(), is(12));
  }

  @Test
  void oneTableThatIsNotThereIsAskedForOnce() {
    assertThat(
        assertThrows(FileNotFoundException.class, () -> InputTables.find(FOLDER + "3.csv"))
            .getMessage(),
        is("there is no such file"));
    assertThat(server.count("HEAD", GALLERY, "tables/3.csv"), is(1));
    assertThat(listings(), is(0));
  }
}
