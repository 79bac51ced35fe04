package org.cytobeam.spark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.plate.CleanJvm;
import org.cytobeam.testing.plate.S3Plate;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.RecordedRequest;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spark keeps no bytes of images, and never computes a step again to have them. */
@Timeout(180)
final class SparkHeapTest {

  private static final int SITES = 45;
  private static final int IMAGES = SITES * S3Plate.CHANNELS.size();

  @TempDir private Path folder;

  @Test
  void imagesOfMoreBytesThanTheHeapAreFetchedOnceEach() throws IOException, InterruptedException {
    byte[] image = TiffBuilder.uint16(Pictures.noise(1400, 1000, 4095, 1)).build();
    assertThat("the heap is 512 MiB", (long) IMAGES * image.length > 512L << 20);
    try (S3TestServer server =
        S3TestServer.start().bucket("cellpainting-gallery", Access.UNSIGNED)) {
      S3Plate plate = plateOf(server, image);
      Path table = Files.write(folder.resolve("plate.csv"), plate.table(S3Plate.Layout.URL));
      Path home = Files.createDirectory(folder.resolve("home"));

      CleanJvm.Ended run =
          CleanJvm.run(
              home,
              Map.of(),
              List.of("@" + Path.of("jvm.flags").toAbsolutePath()),
              List.of(
                  "plate",
                  "--runner=SparkRunner",
                  "--sparkMaster=local[2]",
                  "--job_csv_path=" + table,
                  "--output_dir=" + folder.resolve("out"),
                  "--endpoint=" + server.endpoint()));

      assertThat(run.err(), run.code(), is(0));
      assertThat(run.err(), is(""));
      assertThat(run.out(), containsString(IMAGES + " items: " + IMAGES + " done"));
      Map<String, Long> requests =
          server.requests().stream()
              .map(RecordedRequest::key)
              .filter(key -> key.endsWith(".tiff"))
              .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
      assertThat(requests.keySet(), hasSize(S3Plate.CHANNELS.size()));
      assertThat(requests.values(), everyItem(is((long) SITES)));
    }
  }

  /** A plate whose sites share an object for each channel: this process has a heap too. */
  private static S3Plate plateOf(S3TestServer server, byte[] image) {
    S3Plate plate = new S3Plate(server, "cellpainting-gallery", "images");
    Map<String, String> files =
        S3Plate.CHANNELS.stream()
            .collect(Collectors.toMap(Function.identity(), channel -> channel + ".tiff"));
    for (int site = 1; site <= SITES; site++) {
      plate.site("A01", site, files);
    }
    plate.keys().forEach(key -> server.put(plate.bucket(), key, image));
    return plate;
  }
}
