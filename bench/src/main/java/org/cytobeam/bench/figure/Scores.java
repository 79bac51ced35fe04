package org.cytobeam.bench.figure;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The scores of the methods of one benchmark class, in milliseconds an image. */
final class Scores {

  private final Map<String, Result<?>> byMethod = new TreeMap<>();

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
            .param("source", settings.source().name());
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
      BenchmarkParams params = result.getParams();
      String name = params.getBenchmark();
      scores.byMethod.put(name.substring(name.lastIndexOf('.') + 1), result.getPrimaryResult());
    }
    return scores;
  }

  /** Returns the mean of a method, in milliseconds. */
  double millis(String method) {
    return result(method).getScore();
  }

  /** Returns the mean of a method and half its 99.9 % interval. */
  String text(String method) {
    return Text.of("%.2f ± %.2f ms", millis(method), result(method).getScoreError());
  }

  /** Returns how many times as fast one method is as another. */
  double ratio(String fast, String slow) {
    return millis(slow) / millis(fast);
  }

  private Result<?> result(String method) {
    Result<?> result = byMethod.get(method);
    if (result == null) {
      throw new WrongResultException("JMH has no score of " + method);
    }
    return result;
  }
}
