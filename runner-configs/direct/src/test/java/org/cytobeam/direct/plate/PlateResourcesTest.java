package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  /** Threads that a JVM keeps for everybody, and ends when it likes. */
  private static final String OF_THE_JVM = "process reaper.*|ForkJoinPool\\.commonPool-worker-.*";

  /** Lines that a shell takes: the limit of files for it and what it becomes. */
  private static final List<String> WITH_512_FILES =
      List.of("bash", "-c", "ulimit -n 512 && exec \"$@\"", "bash");

  /** How many looks, 100 ms apart, what is closed by other threads is given. */
  private static final int MOST_LOOKS = 300;

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
    assumeTrue(
        Files.isDirectory(OPEN_FILES),
        "open files can't be counted here: that needs " + OPEN_FILES + ", as on Linux");
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
      long files = settled(PlateResourcesTest::openFiles, Long.MAX_VALUE);
      long threads = settled(() -> threads().size(), Long.MAX_VALUE);
      for (int again = 0; again < 4; again++) {
        run(arguments);
      }

      assertThat(out, settled(PlateResourcesTest::openFiles, files), lessThanOrEqualTo(files));
      assertThat(
          threads() + " for " + out,
          settled(() -> threads().size(), threads),
          lessThanOrEqualTo(threads));
    }
  }

  private static void run(List<String> arguments) {
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    assertThat(run.err(), run.code(), is(ExitCode.DONE));
  }

  /** Counts something. */
  @FunctionalInterface
  private interface Count {
    long now() throws IOException;
  }

  /**
   * Returns a count when it is at most some number; or else, after a while, the least that it was.
   */
  private static long settled(Count count, long wanted) throws Exception {
    long least = count.now();
    CountDownLatch never = new CountDownLatch(1);
    int most = wanted == Long.MAX_VALUE ? MOST_LOOKS / 6 : MOST_LOOKS;
    for (int look = 0; look < most && (wanted == Long.MAX_VALUE || least > wanted); look++) {
      never.await(100, TimeUnit.MILLISECONDS);
      least = Math.min(least, count.now());
    }
    return least;
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> open = Files.list(OPEN_FILES)) {
      return open.count();
    }
  }

  /**
   * Returns the names of all threads but those that are the JVM's and the test server's, and the
   * timers of the AWS SDK: those of a client that was closed end with the last time-out that it has
   * set.
   */
  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> !name.matches(OF_THE_JVM))
        .filter(name -> !name.matches("s3-test-server|sdk-ScheduledExecutor-.*"))
        .sorted()
        .toList();
  }
}
