package org.cytobeam.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.util.SerializedThrowable;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.jspecify.annotations.Nullable;

/** What Flink tells of the end of a job, which wraps what a step threw a few times. */
final class FlinkFailures {

  /** Chains of causes are short; one that goes round in circles ends here. */
  private static final int MOST_CAUSES = 100;

  private FlinkFailures() {}

  /** Returns how a job ended; nothing if this is not about its end. */
  static Optional<State> end(Throwable thrown) {
    return chain(thrown).stream()
        .filter(JobExecutionException.class::isInstance)
        .map(e -> e instanceof JobCancellationException ? State.CANCELLED : State.FAILED)
        .findFirst();
  }

  /** Returns whether a step has aborted the run, and Flink does not know yet. */
  static boolean isUnmarkedAbort(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    return chain.stream().anyMatch(RunAbortedException.class::isInstance)
        && chain.stream().noneMatch(JobAbort.class::isInstance);
  }

  /** Returns what a step threw; where none did, what was at the root of it. */
  static Throwable cause(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    for (int i = chain.size() - 2; i >= 0; i--) {
      if (chain.get(i) instanceof UserCodeException) {
        return chain.get(i + 1);
      }
    }
    return chain.get(chain.size() - 1);
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    @Nullable Throwable next = thrown;
    while (next != null && chain.size() < MOST_CAUSES) {
      Throwable real = deserialized(next);
      chain.add(real);
      next = real.getCause();
    }
    return chain;
  }

  /** What came from a worker came as bytes. */
  private static Throwable deserialized(Throwable thrown) {
    return thrown instanceof SerializedThrowable serialized
        ? serialized.deserializeError(FlinkFailures.class.getClassLoader())
        : thrown;
  }
}
