package org.cytobeam.bench.micro;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The processors' time that the whole JVM takes for one operation, its compiler and its collection
 * of garbage included.
 *
 * <p>Unlike the time that passes, it does not count what other processes take from the processors.
 */
public final class CpuTime implements InternalProfiler {

  /** The name of the result, in milliseconds. */
  public static final String RESULT = "cpu";

  private static final double NANOS_PER_MILLI = 1e6;

  private long before;

  @Override
  public String getDescription() {
    return "processors' time of the JVM for one operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = processNanos();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    long operations = Math.max(1, result.getMetadata().getAllOps());
    double millis = (processNanos() - before) / NANOS_PER_MILLI / operations;
    return List.of(new ScalarResult(RESULT, millis, "ms/op", AggregationPolicy.AVG));
  }

  private static long processNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }
}
