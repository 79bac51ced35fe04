package org.cytobeam.pipelines.runner;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.cytobeam.pipelines.options.Example;
import org.cytobeam.pipelines.options.OptionGroup;
import org.cytobeam.pipelines.options.Range;
import org.jspecify.annotations.Nullable;

/** How much happens at once, on any runner. */
@OptionGroup(value = "Run", order = 60)
public interface ParallelOptions extends PipelineOptions {

  /** One for work and one for waiting: images that are 100 ms away take about as long to come. */
  int WORKERS_PER_CORE = 2;

  /** The runner's own work, and what is handed out meanwhile. */
  int MORE_WORKERS = 2;

  /**
   * What a worker may take of the heap: an image of 4 megapixels at 16 bit as it comes, as samples
   * and as what is written, 8 MiB each. With many cores and a small heap that is the narrower
   * bound.
   */
  long HEAP_PER_WORKER = 24L << 20;

  /** Some 12 images of 1080 × 1080 samples: more make no run faster, only larger. */
  long PENDING_BYTES_PER_WORKER = 32L << 20;

  /** What is waiting is a quarter of the heap; decoding and all else have the rest. */
  int HEAP_PER_PENDING = 4;

  @Description(
      "How many items one process works on at once. More than the processor has cores, so that"
          + " waiting for a server hides behind work. Default: two for each core and two more, at"
          + " most one for each 24 MiB of the heap.")
  @Range(least = 1, most = 4096)
  @Example("16")
  @Nullable Integer getMaxWorkers();

  void setMaxWorkers(@Nullable Integer maxWorkers);

  @Description(
      "How many bytes of fetched images may wait in one process, about; fewer are fetched ahead"
          + " where images are large. Default: 32 MiB a worker, at most a quarter of the heap.")
  @Range(least = 1)
  @Example("500000000")
  @Nullable Long getMaxPendingBytes();

  void setMaxPendingBytes(@Nullable Long maxPendingBytes);

  /** Returns how many items one process works on at once. */
  static int workers(ParallelOptions options) {
    Integer given = options.getMaxWorkers();
    Runtime machine = Runtime.getRuntime();
    return given == null
        ? defaultWorkers(machine.availableProcessors(), machine.maxMemory())
        : given;
  }

  /**
   * Returns how many items one process works on at once where the user doesn't say.
   *
   * @param heap the most that it can have, in bytes
   */
  static int defaultWorkers(int cores, long heap) {
    long forCores = (long) WORKERS_PER_CORE * cores + MORE_WORKERS;
    return (int) Math.max(1, Math.min(forCores, heap / HEAP_PER_WORKER));
  }

  /** Returns how many bytes of fetched images may wait in one process. */
  static long pendingBytes(ParallelOptions options) {
    Long given = options.getMaxPendingBytes();
    return given == null
        ? defaultPendingBytes(workers(options), Runtime.getRuntime().maxMemory())
        : given;
  }

  /**
   * Returns how many bytes of fetched images may wait in one process where the user doesn't say.
   *
   * @param heap the most that it can have, in bytes
   */
  static long defaultPendingBytes(int workers, long heap) {
    return Math.min(PENDING_BYTES_PER_WORKER * workers, heap / HEAP_PER_PENDING);
  }
}
