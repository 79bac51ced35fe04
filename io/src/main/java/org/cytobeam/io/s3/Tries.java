package org.cytobeam.io.s3;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.limits.HostLimit;

/**
 * Whether a fetch that has failed is tried again, and how long it waits before.
 *
 * <p>What is {@linkplain Reason#retryable worth it} is tried as often as the settings say. An
 * object that is another than before is begun anew once. A request that the host turned away does
 * not count if it turned others away as well meanwhile: then the host is busy and not the object
 * ill, and waiting is better than failing; but {@value #MOST_REQUESTS} times as many are the most.
 * A host that fails in other ways uses up what retries it has, and then there are none.
 *
 * <p>Used by one thread at a time.
 */
final class Tries {

  static final int MOST_REQUESTS = 4;

  /** Of the longest pause: so far apart are at least those that are all told to wait as long. */
  private static final int PART_OF_LONGEST = 10;

  private static final int MOST_CHANGES = 2;
  private static final int MAX_DOUBLINGS = 20;

  /**
   * The SDK's connection pool loses a request that comes within milliseconds of the failure of its
   * first connection: it would only end by our time-out.
   */
  private static final Duration MIN_PAUSE = Duration.ofMillis(20);

  private final S3Settings settings;
  private final HostLimit limit;
  private final DoubleSupplier random;
  private int failures;
  private int counted;
  private int changes;
  private long throttlesBefore;
  private Duration pause = MIN_PAUSE;

  /**
   * Creates the tries of a fetch that has not begun.
   *
   * @param random gives numbers from 0 to 1
   */
  Tries(S3Settings settings, HostLimit limit, DoubleSupplier random) {
    this.settings = settings;
    this.limit = limit;
    this.random = random;
    this.throttlesBefore = limit.throttles();
  }

  /** Returns how long to wait before the next try. */
  Duration pause() {
    return pause;
  }

  /** Lets the next try follow soon: none has failed. */
  void goOn() {
    pause = MIN_PAUSE;
  }

  /**
   * Counts a failure, and returns whether there is another try.
   *
   * @param left until the time for all tries is over
   */
  boolean again(FetchException failure, Duration left) {
    failures++;
    if (!failure.retryable() || !countOne(failure.reason())) {
      return false;
    }
    pause = pauseAfter(failure);
    return pause.compareTo(left) < 0 && (!hostFailed(failure.reason()) || limit.spendRetry());
  }

  private boolean countOne(Reason reason) {
    if (reason == Reason.CHANGED) {
      changes++;
    }
    if (reason != Reason.THROTTLED || !othersThrottled()) {
      counted++;
    }
    return counted < settings.maxAttempts()
        && failures < (long) MOST_REQUESTS * settings.maxAttempts()
        && changes < MOST_CHANGES;
  }

  private boolean othersThrottled() {
    long throttles = limit.throttles();
    boolean others = throttles - throttlesBefore > 1;
    throttlesBefore = throttles;
    return others;
  }

  private static boolean hostFailed(Reason reason) {
    return switch (reason) {
      case TRUNCATED, TIMEOUT, UNREACHABLE, SERVER_ERROR -> true;
      default -> false;
    };
  }

  /**
   * Returns a random share of a pause that doubles, after what the server asks for: those that it
   * tells the same don't come back together, also where it asks for the longest pause or more,
   * which is exceeded by a tenth at most.
   */
  private Duration pauseAfter(FetchException failure) {
    Duration limitOfPause = settings.maxRetryDelay();
    int doublings = Math.min(MAX_DOUBLINGS, failures - 1);
    Duration doubled = settings.retryDelay().multipliedBy(1L << doublings);
    Duration asked = RetryAfter.asked(failure.getCause(), limitOfPause).orElse(Duration.ZERO);
    Duration left = longer(limitOfPause.minus(asked), limitOfPause.dividedBy(PART_OF_LONGEST));
    long longestShare = shorter(doubled, left).toNanos();
    Duration share = Duration.ofNanos((long) (longestShare * random.getAsDouble()));
    return longer(MIN_PAUSE, asked.plus(share));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
