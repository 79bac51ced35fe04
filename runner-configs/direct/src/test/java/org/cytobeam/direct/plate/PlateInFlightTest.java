package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.S3Plate;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.RecordedRequest;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many images a run with nothing but defaults waits for at once. */
@Timeout(300)
final class PlateInFlightTest {

  private static final String GALLERY = "cellpainting-gallery";
  private static final int SITES = 20;

  @TempDir private Path folder;

  /** No image is answered before so many are asked for; with fewer at once, none ever would be. */
  @Test
  void moreThanTwoForEachCoreAreInFlight() throws Exception {
    int needed = 2 * Runtime.getRuntime().availableProcessors() + 1;
    try (S3TestServer server = S3TestServer.start().bucket(GALLERY, Access.UNSIGNED)) {
      S3Plate plate = S3Plate.inGallery(server, Math.max(SITES, needed));
      Path csv = Files.write(folder.resolve("t.csv"), plate.table(S3Plate.Layout.URL));
      server.holdUntilOpen("GET", GALLERY, "images/", needed);

      CommandRun run =
          CommandRun.plate(csv, folder.resolve("out"), "--endpoint=" + server.endpoint());

      assertThat(run.err(), run.code(), is(ExitCode.DONE));
      List<Integer> answers = server.requests().stream().map(RecordedRequest::status).toList();
      assertThat(answers, everyItem(lessThan(500)));
      assertThat(OutputFiles.local(folder.resolve("out")).pixels(), is(plate.pixels()));
    }
  }
}
