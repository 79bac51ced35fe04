package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The open files and the threads of this process, when commands in it have ended. */
public final class HeldResources {

  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  /** Threads that a JVM keeps for everybody, and ends when it likes. */
  private static final String OF_THE_JVM = "process reaper.*|ForkJoinPool\\.commonPool-worker-.*";

  /** How many looks, 100 ms apart, what is closed by other threads is given. */
  private static final int MOST_LOOKS = 300;

  private final long files;
  private final long threads;

  private HeldResources(long files, long threads) {
    this.files = files;
    this.threads = threads;
  }

  /** Aborts the test where open files can't be counted. */
  public static void require() {
    assumeTrue(
        Files.isDirectory(OPEN_FILES),
        "open files can't be counted here: that needs " + OPEN_FILES + ", as on Linux");
  }

  /** Returns what is held now: the least in a while, in which what is being closed is closed. */
  public static HeldResources now() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    long files = openFiles();
    long threads = threads().size();
    for (int look = 0; look < MOST_LOOKS / 6; look++) {
      never.await(100, TimeUnit.MILLISECONDS);
      files = Math.min(files, openFiles());
      threads = Math.min(threads, threads().size());
    }
    return new HeldResources(files, threads);
  }

  /** Checks that no more are held now than were then. */
  public void assertNoMoreNow(String where) throws Exception {
    assertThat(where, settled(HeldResources::openFiles, files), lessThanOrEqualTo(files));
    assertThat(
        threads() + " for " + where,
        settled(() -> threads().size(), threads),
        lessThanOrEqualTo(threads));
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
    for (int look = 0; look < MOST_LOOKS && least > wanted; look++) {
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
