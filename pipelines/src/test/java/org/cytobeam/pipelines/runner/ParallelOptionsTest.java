package org.cytobeam.pipelines.runner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken where the user gives nothing; heaps in MiB. */
class ParallelOptionsTest {

  private static final long MIB = 1 << 20;

  @ParameterizedTest
  @CsvSource({
    "1, 256, 4",
    "2, 256, 6",
    "4, 240, 10",
    "4, 239, 9",
    "32, 256, 10",
    "64, 1024, 42",
    "64, 16384, 130",
    "64, 20, 1",
    "1, 0, 1",
    "2147483647, 1024, 42",
    "2, 8796093022207, 6"
  })
  void workersAreBoundedByTheCoresAndByTheHeap(int cores, long heap, int workers) {
    assertThat(ParallelOptions.defaultWorkers(cores, heap * MIB), is(workers));
  }

  @ParameterizedTest
  @CsvSource({"6, 256, 64", "6, 768, 192", "6, 16384, 192", "42, 1024, 256"})
  void whatWaitsIsBoundedByTheWorkersAndByTheHeap(int workers, long heap, long pending) {
    assertThat(ParallelOptions.defaultPendingBytes(workers, heap * MIB), is(pending * MIB));
  }

  @Test
  void whatTheUserGivesIsTaken() {
    ParallelOptions options =
        PipelineOptionsFactory.fromArgs("--maxWorkers=4096", "--maxPendingBytes=1")
            .as(ParallelOptions.class);

    assertThat(ParallelOptions.workers(options), is(4096));
    assertThat(ParallelOptions.pendingBytes(options), is(1L));
  }
}
