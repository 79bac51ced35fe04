package org.cytobeam.bench.figure;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.cytobeam.bench.micro.CpuTime;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What the methods of one benchmark class take for an image, in milliseconds. */
final class Scores {

  private final Map<String, RunResult> byMethod = new TreeMap<>();

  private Scores() {}

  /**
   * Runs all methods of a class.
   *
   * @param parameters values of its parameters beside the source
   */
  static Scores of(Class<?> benchmark, Settings settings, Map<String, String> parameters)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\." + benchmark.getSimpleName() + "\\.")
            .param("source", settings.source().name())
            .addProfiler(CpuTime.class);
    parameters.forEach(options::param);
    if (settings.quick()) {
      options
          .forks(1)
          .warmupIterations(3)
          .warmupTime(TimeValue.seconds(1))
          .measurementIterations(3)
          .measurementTime(TimeValue.seconds(1));
    }
    Collection<RunResult> results =
        new Runner(
                options.build(),
                OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL))
            .run();
    Scores scores = new Scores();
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      scores.byMethod.put(name.substring(name.lastIndexOf('.') + 1), result);
    }
    return scores;
  }

  /** Returns the mean of a method: CPU with half its 99.9 % interval, and the time that passes. */
  String text(String method) {
    Result<?> cpu = cpu(method);
    return Text.of(
        "%.2f ± %.2f ms (time %.2f)",
        cpu.getScore(), cpu.getScoreError(), result(method).getPrimaryResult().getScore());
  }

  /** Returns how many times as much CPU one method takes as another. */
  String ratio(String fast, String slow) {
    return Text.of("%.1f ×", cpu(slow).getScore() / cpu(fast).getScore());
  }

  private Result<?> cpu(String method) {
    Result<?> cpu = result(method).getSecondaryResults().get(CpuTime.RESULT);
    if (cpu == null) {
      throw new WrongResultException("JMH has no CPU time of " + method);
    }
    return cpu;
  }

  private RunResult result(String method) {
    RunResult result = byMethod.get(method);
    if (result == null) {
      throw new WrongResultException("JMH has no score of " + method);
    }
    return result;
  }
}
