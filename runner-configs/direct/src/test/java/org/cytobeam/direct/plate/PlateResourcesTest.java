package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.AwsProperties;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.S3Plate;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fault P9: what is opened is closed. */
@Timeout(300)
final class PlateResourcesTest {

  private static final String OWN = "our-bucket";

  /** Lines that a shell takes: the limit of files for it and what it becomes. */
  private static final List<String> WITH_512_FILES =
      List.of("bash", "-c", "ulimit -n 512 && exec \"$@\"", "bash");

  private final S3TestServer server =
      S3TestServer.start()
          .bucket("cellpainting-gallery", Access.UNSIGNED)
          .bucket(OWN, Access.SIGNED);
  private final AwsProperties credentials =
      AwsProperties.set(S3TestServer.ACCESS_KEY_ID, S3TestServer.SECRET_ACCESS_KEY);

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    credentials.close();
    server.close();
  }

  private List<String> arguments(int sites, String out) throws IOException {
    S3Plate plate = S3Plate.inGallery(server, sites);
    Path csv = Files.write(folder.resolve("t.csv"), plate.table(S3Plate.Layout.URL));
    return List.of(
        "plate",
        "--job_csv_path=" + csv,
        "--output_dir=" + out,
        "--endpoint=" + server.endpoint(),
        "--awsRegion=" + S3TestServer.REGION,
        "--no_remove_tmp",
        "--force");
  }

  @BeforeEach
  void needProc() {
    HeldResources.require();
  }

  @Test
  void fourHundredImagesFromABucketToABucketWith512Files() throws Exception {
    List<String> flags = new ArrayList<>(ChildCommand.QUICK);
    flags.add("-XX:-MaxFDLimit");
    flags.add("-Daws.accessKeyId=" + S3TestServer.ACCESS_KEY_ID);
    flags.add("-Daws.secretAccessKey=" + S3TestServer.SECRET_ACCESS_KEY);
    List<String> arguments = new ArrayList<>(arguments(80, "s3://" + OWN + "/out"));
    arguments.add("--max_workers=16");
    try (ChildCommand child = new ChildCommand(folder, WITH_512_FILES, flags, arguments)) {
      int code = child.awaitEnd();
      assertThat(child.err(), code, is(0));
      assertThat(child.limitOfFiles(), is(512L));
      assertThat(child.out(), containsString("400 items: 400 done, 0 already done, 0 failed"));
      assertThat(child.err(), not(containsString("Too many open files")));
    }
  }

  @Test
  void runAfterRunHoldsNoMoreFilesAndThreadsThanTheFirst() throws Exception {
    for (String out : List.of(folder.resolve("out").toString(), "s3://" + OWN + "/again")) {
      List<String> arguments = arguments(2, out);
      run(arguments);
      run(arguments);
      HeldResources held = HeldResources.now();
      for (int again = 0; again < 4; again++) {
        run(arguments);
      }

      held.assertNoMoreNow(out);
    }
  }

  private static void run(List<String> arguments) {
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    assertThat(run.err(), run.code(), is(ExitCode.DONE));
  }
}
