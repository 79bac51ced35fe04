package org.cytobeam.testing.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.cytobeam.testing.cluster.Cluster.Job;
import org.cytobeam.testing.cluster.Cluster.Kind;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.S3Plate;
import org.cytobeam.testing.plate.Tree;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A plate on real clusters, over a server that fails now and then, while processes are killed: the
 * same tree as on the direct runner in quiet, and each image once in the manifest.
 */
@Tag("slow")
final class ClusterProofTest {

  private static final String GALLERY = "cellpainting-gallery";
  private static final List<String> WELLS = List.of("A01", "B02", "C03", "D04", "P24");
  private static final int SITES = 16;
  private static final int IMAGES = WELLS.size() * SITES * S3Plate.CHANNELS.size();
  private static final int MINUTES = 6;

  private final S3TestServer server = S3TestServer.start().bucket(GALLERY, Access.UNSIGNED);
  private final S3Plate plate = new S3Plate(server, GALLERY, "images");

  @TempDir private Path folder;

  @BeforeEach
  void putPlate() {
    for (String well : WELLS) {
      for (int site = 1; site <= SITES; site++) {
        plate.site(well, site);
      }
    }
    server.put(GALLERY, "tables/plate.csv", plate.table(S3Plate.Layout.URL));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void aWorkerThatIsKilledCostsNoImage(Kind kind) throws Exception {
    SortedMap<String, String> tree = quietTree();
    server.clearLog();
    makeTrouble();
    Path out = folder.resolve("out");
    try (Cluster cluster = Cluster.start(kind, folder, environment())) {
      Job job = cluster.submit(arguments(out));
      awaitImages(job, out, IMAGES / 4);
      cluster.killAWorker();

      int atTheKill = Tree.images(out);
      int code = job.awaitEnd(MINUTES);

      assertThat(job.said(), code, is(0));
      assertThat("killed in the middle", atTheKill, is(lessThan(IMAGES)));
      assertThat(job.said(), containsString(IMAGES + " items: "));
    }
    assertComplete(out, tree);
    assertThat("images that were fetched again", requests(), is(greaterThan(IMAGES)));
  }

  @Test
  void ofTwoClustersThatWriteIntoOneFolderOneGivesWay() throws Exception {
    SortedMap<String, String> tree = quietTree();
    makeTrouble();
    Path out = folder.resolve("out");
    try (Cluster flink = Cluster.start(Kind.FLINK, folder, environment());
        Cluster spark = Cluster.start(Kind.SPARK, folder, environment())) {
      Job one = flink.submit(arguments(out));
      Job other = spark.submit(arguments(out));

      List<Integer> codes = List.of(one.awaitEnd(MINUTES), other.awaitEnd(MINUTES));

      assertThat(one.said() + other.said(), codes, containsInAnyOrder(0, 2));
      assertThat(one.said() + other.said(), allOf(containsString("is writing into " + out)));
    }
    assertComplete(out, tree);
  }

  /** The tree that the direct runner makes while nothing goes wrong. */
  private SortedMap<String, String> quietTree() throws Exception {
    Path out = folder.resolve("quiet");
    Job job = Cluster.launch(folder, environment(), arguments(out));
    assertThat(job.said(), job.awaitEnd(MINUTES), is(0));
    OutputFiles quiet = OutputFiles.local(out);
    assertThat(quiet.pixels(), is(plate.pixels()));
    return quiet.tree();
  }

  private void makeTrouble() {
    server.latency(Duration.ofMillis(600));
    server.share(0.1, Fault.status(503));
    server.share(0.1, Fault.resetAfter(100));
    server.share(0.1, Fault.closeAfter(200));
  }

  private List<String> arguments(Path out) {
    return List.of(
        "plate",
        "--job_csv_path=s3://" + GALLERY + "/tables/plate.csv",
        "--output_dir=" + out,
        "--relative_paths",
        "--endpoint=" + server.endpoint(),
        "--s3_retry_delay_seconds=0.05");
  }

  /** An empty home: nobody's credentials, and nothing of the user's Spark or Flink. */
  private static Map<String, String> environment() {
    return Map.of("CYTOBEAM_CLUSTER_HEAP", "512m", "AWS_EC2_METADATA_DISABLED", "true");
  }

  private static void awaitImages(Job job, Path out, int count)
      throws IOException, InterruptedException {
    while (!Files.exists(out) || Tree.images(out) < count) {
      if (!job.isAlive()) {
        throw new AssertionError("ended before " + count + " images: " + job.said());
      }
      Thread.sleep(50);
    }
  }

  private int requests() {
    return (int)
        server.requests().stream().filter(request -> request.key().endsWith(".tiff")).count();
  }

  private static void assertComplete(Path out, SortedMap<String, String> tree) throws IOException {
    OutputFiles files = OutputFiles.local(out);
    assertThat(files.tree(), is(tree));
    List<String> left = new ArrayList<>(files.files().keySet());
    left.removeIf(path -> !path.endsWith(".tmp") && !path.contains("/journal/"));
    assertThat("temporaries and journals", left, is(empty()));
    assertThat(files.text("_cytobeam/manifest.jsonl").lines().count(), is((long) IMAGES));
    assertThat(
        files.manifest().values().stream().map(row -> row.path("status").asText()).toList(),
        everyItem(is("done")));
    assertThat(files.manifest().keySet().size(), is(IMAGES));
  }
}
