package org.cytobeam.testing.fuzz;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives a target many inputs, each made from a seed of its own.
 *
 * <p>In a normal build the seeds are the same each time, and as many as the test says. The system
 * property {@value #SECONDS} makes each test go on for so long instead, from a seed that is logged
 * and differs each time; {@value #SEED} gives it one seed only, which is how a failure, whose
 * message names the seed, is repeated.
 */
public final class Fuzz {

  private static final String SECONDS = "cytobeam.fuzz.seconds";
  private static final String SEED = "cytobeam.fuzz.seed";
  private static final System.Logger LOG = System.getLogger(Fuzz.class.getName());

  /** How many inputs are given between two looks at the clock. */
  private static final int BATCH = 500;

  /** Only to end a test that hangs; a batch takes about a second. */
  private static final Duration STUCK = Duration.ofMinutes(5);

  /** Takes one input. */
  @FunctionalInterface
  public interface Target {

    /**
     * Makes an input from random numbers and gives it to what is tested.
     *
     * @throws Exception or any error, to fail the test
     */
    void take(Random random) throws Exception;
  }

  private final String name;
  private final LongSupplier clock;

  Fuzz(String name, LongSupplier clock) {
    this.name = name;
    this.clock = clock;
  }

  /** Returns a run that is called so in messages; the name decides what its seeds are. */
  public static Fuzz of(String name) {
    return new Fuzz(name, System::nanoTime);
  }

  /**
   * Gives the target {@code inputs} inputs, or what the system properties say.
   *
   * @throws AssertionError if one makes it throw anything, with the seed in its message
   */
  public void run(int inputs, Target target) {
    run(inputs, Long.getLong(SEED), Integer.getInteger(SECONDS), target);
  }

  void run(int inputs, @Nullable Long seed, @Nullable Integer seconds, Target target) {
    if (seed != null) {
      give(seed, target);
    } else if (seconds != null) {
      runFor(Duration.ofSeconds(seconds), new Random().nextLong(), target);
    } else {
      runBatch(name.hashCode(), inputs, target);
    }
  }

  private void runFor(Duration duration, long firstSeed, Target target) {
    LOG.log(
        System.Logger.Level.INFO,
        "fuzzing {0} for {1} from seed {2}",
        name,
        duration,
        Long.toString(firstSeed));
    long start = clock.getAsLong();
    long seed = firstSeed;
    do {
      runBatch(seed, BATCH, target);
      seed += BATCH;
    } while (clock.getAsLong() - start < duration.toNanos());
    LOG.log(System.Logger.Level.INFO, "fuzzed {0} with {1} inputs", name, seed - firstSeed);
  }

  private void runBatch(long firstSeed, int inputs, Target target) {
    assertTimeoutPreemptively(
        STUCK,
        () -> {
          for (int i = 0; i < inputs; i++) {
            give(firstSeed + i, target);
          }
        },
        () -> name + " hangs on a seed from " + firstSeed + " on");
  }

  private void give(long seed, Target target) {
    try {
      target.take(new Random(seed));
    } catch (Exception | Error e) {
      throw new AssertionError(
          "%s fails: %s. -D%s=%d repeats it".formatted(name, e, SEED, seed), e);
    }
  }
}
