package org.cytobeam.testing.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
 * A plate on real clusters: the same tree as on the direct runner, and each image once in the
 * manifest; over a server that fails now and then, while processes are killed, and by all ways in
 * which a cluster can be given a job.
 */
@Tag("slow")
final class ClusterProofTest {

  private static final String GALLERY = "cellpainting-gallery";
  private static final String OWN = "our-bucket";
  private static final List<String> WELLS = List.of("A01", "B02", "C03", "D04", "P24");
  private static final int SITES = 16;
  private static final int IMAGES = WELLS.size() * SITES * S3Plate.CHANNELS.size();
  private static final int MINUTES = 6;

  /** For what does not take many images. */
  private static final String ONE_SITE = "--sites=1";

  private static final int IMAGES_OF_ONE_SITE = IMAGES / SITES;

  private final S3TestServer server =
      S3TestServer.start().bucket(GALLERY, Access.UNSIGNED).bucket(OWN, Access.SIGNED);
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
    SortedMap<String, String> tree = quietTree(plate.pixels());
    makeTrouble();
    Path out = folder.resolve("out");
    try (Cluster cluster = Cluster.start(kind, folder, environment())) {
      Job job = cluster.submit(arguments(out.toString()));
      awaitImages(job, out, IMAGES / 4);
      cluster.killAWorker();

      int atTheKill = Tree.images(out);
      int code = job.awaitEnd(MINUTES);

      assertThat(job.said(), code, is(0));
      assertThat("killed in the middle", atTheKill, is(lessThan(IMAGES)));
      assertThat("what the cluster says of it", cluster.losses(), is(not(empty())));
      assertThat(job.said(), containsString(IMAGES + " items: "));
    }
    assertComplete(OutputFiles.local(out), tree);
  }

  @Test
  void ofTwoClustersThatWriteIntoOneFolderOneGivesWay() throws Exception {
    SortedMap<String, String> tree = quietTree(plate.pixels());
    makeTrouble();
    Path out = folder.resolve("out");
    try (Cluster flink = Cluster.start(Kind.FLINK, folder, environment());
        Cluster spark = Cluster.start(Kind.SPARK, folder, environment())) {
      Job one = flink.submit(arguments(out.toString()));
      Job other = spark.submit(arguments(out.toString()));

      List<Integer> codes = List.of(one.awaitEnd(MINUTES), other.awaitEnd(MINUTES));

      assertThat(one.said() + other.said(), codes, containsInAnyOrder(0, 2));
      assertThat(one.said() + other.said(), allOf(containsString("is writing into " + out)));
    }
    assertComplete(OutputFiles.local(out), tree);
  }

  /** What {@code flink run} and {@code spark-submit} are given, without the launcher. */
  @ParameterizedTest
  @EnumSource
  void theJarIsAProgramOfItsOwnAndWritesIntoABucket(Kind kind) throws Exception {
    SortedMap<String, String> tree = quietTree(pixelsOfOneSite(), ONE_SITE);
    try (Cluster cluster = Cluster.start(kind, folder, environment())) {
      Job job = cluster.submitJar(arguments("s3://" + OWN + "/out", ONE_SITE));

      assertThat(job.said(), job.awaitEnd(MINUTES), is(0));
    }
    assertComplete(OutputFiles.s3(server, OWN, "out"), tree);
  }

  @Test
  void whatADetachedJobHasDoneIsToldLater() throws Exception {
    SortedMap<String, String> tree = quietTree(pixelsOfOneSite(), ONE_SITE);
    Path out = folder.resolve("out");
    try (Cluster cluster = Cluster.start(Kind.FLINK, folder, environment())) {
      Job job = cluster.submit(arguments(out.toString(), ONE_SITE, "--attachedMode=false"));
      assertThat(job.said(), job.awaitEnd(MINUTES), is(0));
      assertThat(job.said(), containsString("goes on without this process"));
      awaitSummary(out);
    }
    Job report = Cluster.launch(folder, environment(), List.of("report", out.toString()));
    assertThat(report.said(), report.awaitEnd(MINUTES), is(0));
    Job verify = Cluster.launch(folder, environment(), List.of("verify", out.toString()));
    assertThat(verify.said(), verify.awaitEnd(MINUTES), is(0));

    OutputFiles files = OutputFiles.local(out);
    assertThat(files.runFiles(), hasItem("report.html"));
    assertThat(
        verify.said(),
        containsString("%1$d items: %1$d done, 0 failed".formatted(IMAGES_OF_ONE_SITE)));
    assertComplete(files, tree);
  }

  /** The tree that the direct runner makes while nothing goes wrong. */
  private SortedMap<String, String> quietTree(SortedMap<String, String> pixels, String... options)
      throws Exception {
    Path out = folder.resolve("quiet");
    Job job = Cluster.launch(folder, environment(), arguments(out.toString(), options));
    assertThat(job.said(), job.awaitEnd(MINUTES), is(0));
    OutputFiles quiet = OutputFiles.local(out);
    assertThat(quiet.pixels(), is(pixels));
    return quiet.tree();
  }

  private SortedMap<String, String> pixelsOfOneSite() {
    SortedMap<String, String> pixels = plate.pixels();
    pixels.keySet().removeIf(path -> !path.contains("__1__"));
    return pixels;
  }

  private void makeTrouble() {
    server.latency(Duration.ofMillis(600));
    server.share(0.1, Fault.status(503));
    server.share(0.1, Fault.resetAfter(100));
    server.share(0.1, Fault.closeAfter(200));
  }

  private List<String> arguments(String out, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "plate",
                "--job_csv_path=s3://" + GALLERY + "/tables/plate.csv",
                "--output_dir=" + out,
                "--relative_paths",
                "--endpoint=" + server.endpoint(),
                "--s3_retry_delay_seconds=0.05"));
    arguments.addAll(List.of(options));
    return arguments;
  }

  /** Workers have it from the cluster that they belong to. */
  private static Map<String, String> environment() {
    return Map.of(
        "CYTOBEAM_CLUSTER_HEAP",
        "512m",
        "AWS_ACCESS_KEY_ID",
        S3TestServer.ACCESS_KEY_ID,
        "AWS_SECRET_ACCESS_KEY",
        S3TestServer.SECRET_ACCESS_KEY,
        "AWS_EC2_METADATA_DISABLED",
        "true");
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

  /** The last that a job writes. */
  private static void awaitSummary(Path out) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(MINUTES));
    while (!OutputFiles.local(out).runFiles().contains("summary.json")) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("no summary among " + Tree.paths(out));
      }
      Thread.sleep(50);
    }
  }

  private static void assertComplete(OutputFiles files, SortedMap<String, String> tree)
      throws IOException {
    long images = tree.keySet().stream().filter(path -> path.endsWith(".png")).count();
    assertThat(files.tree(), is(tree));
    List<String> left = new ArrayList<>(files.files().keySet());
    left.removeIf(path -> !path.endsWith(".tmp") && !path.contains("/journal/"));
    assertThat("temporaries and journals", left, is(empty()));
    assertThat(files.text("_cytobeam/manifest.jsonl").lines().count(), is(images));
    assertThat(
        files.manifest().values().stream().map(row -> row.path("status").asText()).toList(),
        everyItem(is("done")));
    assertThat(files.manifest().size(), is((int) images));
  }
}
