package org.cytobeam.direct.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import org.cytobeam.direct.plate.HeldResources;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fault P9: what is opened is closed. */
@Timeout(300)
final class ImagesResourcesTest {

  @TempDir private Path folder;

  @Test
  void runAfterRunHoldsNoMoreFilesAndThreadsThanTheFirst() throws Exception {
    HeldResources.require();
    try (ImagesBucket bucket = new ImagesBucket(folder)) {
      bucket.with("a.jpg", "b.jpg");
      bucket.server.put(ImagesBucket.NAME, ImagesBucket.PREFIX + "long.jpg", new byte[20 << 20]);
      bucket.server.bucket("own");
      Path table = bucket.table("data.csv", "a.jpg", "b.jpg", "long.jpg", "none.jpg");
      String[] here = bucket.words(table, "--auto-confirm", "--force");
      String[] there = here.clone();
      there[4] = "s3://own/out";
      run(here);
      run(there);
      HeldResources held = HeldResources.now();
      for (int again = 0; again < 3; again++) {
        run(here);
        run(there);
      }

      held.assertNoMoreNow("a folder and a bucket");
    }
  }

  private static void run(String... words) {
    CommandRun run = CommandRun.of(words);
    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
  }
}
