package org.cytobeam.bench.figure;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Runs a process and says what it took.
 *
 * <p>The processors' time is what the kernel adds to the account of the parent when a child has
 * ended, so it misses nothing. The peak of the memory is the kernel's own high-water mark, looked
 * up every {@value #LOOK_MILLIS} ms. Both come from {@code /proc}; elsewhere they are 0.
 */
final class MeasuredProcess {

  private static final File NO_INPUT = new File("/dev/null");
  private static final int LOOK_MILLIS = 20;

  private MeasuredProcess() {}

  /** Runs a process to its end, with no input. No other child may end meanwhile. */
  static Usage run(ProcessBuilder builder) throws IOException, InterruptedException {
    return run(builder, process -> () -> PeakMemory.of(process.pid()));
  }

  /**
   * As {@link #run(ProcessBuilder)}, with the memory of others.
   *
   * @param memory returns, for the process, what is asked time and again for the peak
   */
  static Usage run(ProcessBuilder builder, Function<Process, LongSupplier> memory)
      throws IOException, InterruptedException {
    ChildTimes before = ChildTimes.now();
    long start = System.nanoTime();
    Process process = builder.redirectInput(NO_INPUT).start();
    LongSupplier watched = memory.apply(process);
    try {
      long peak = 0;
      do {
        peak = Math.max(peak, watched.getAsLong());
      } while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS));
      Duration wall = Duration.ofNanos(System.nanoTime() - start);
      ChildTimes after = ChildTimes.now();
      return new Usage(
          process.exitValue(),
          wall,
          after.user().minus(before.user()),
          after.system().minus(before.system()),
          peak);
    } finally {
      process.destroyForcibly();
    }
  }

  /** What all children that have ended took. */
  private record ChildTimes(Duration user, Duration system) {

    private static final Path STAT = Path.of("/proc/self/stat");

    /** The kernel counts in these for programs, on every processor. */
    private static final long MILLIS_PER_TICK = 10;

    /** The index of cutime after the command's name, which is the second field: see proc(5). */
    private static final int CUTIME = 16 - 3;

    static ChildTimes now() throws IOException {
      if (!Files.exists(STAT)) {
        return new ChildTimes(Duration.ZERO, Duration.ZERO);
      }
      String stat = Files.readString(STAT);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return new ChildTimes(ticks(fields[CUTIME]), ticks(fields[CUTIME + 1]));
    }

    private static Duration ticks(String field) {
      return Duration.ofMillis(Long.parseLong(field) * MILLIS_PER_TICK);
    }
  }
}
