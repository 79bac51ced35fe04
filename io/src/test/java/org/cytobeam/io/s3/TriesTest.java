package org.cytobeam.io.s3;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.limits.HostLimit;
import org.cytobeam.io.limits.Scheduler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The pauses between tries; none of them is waited for. */
class TriesTest {

  private static final S3Settings SETTINGS =
      S3Settings.builder()
          .setMaxAttempts(12)
          .setRetryDelay(Duration.ofMillis(200))
          .setMaxRetryDelay(Duration.ofSeconds(20))
          .build();

  private static final S3Settings SLOW =
      SETTINGS.toBuilder().setRetryDelay(Duration.ofSeconds(10)).build();

  private static final Duration LONG = Duration.ofHours(1);

  private static Tries tries(DoubleSupplier random) {
    return new Tries(SETTINGS, limit(), random);
  }

  private static HostLimit limit() {
    return new HostLimit("host", 1, Scheduler.system());
  }

  private static FetchException failure(Throwable cause) {
    return new FetchException(Reason.SERVER_ERROR, "s3://b/k", "failed", 1, cause);
  }

  private static FetchException failure() {
    return failure(new IllegalStateException("failed"));
  }

  /** What a server says that fails and asks to come back later. */
  private static FetchException failure(String retryAfter) {
    SdkHttpResponse answer =
        SdkHttpResponse.builder().statusCode(500).putHeader("Retry-After", retryAfter).build();
    AwsServiceException refusal =
        S3Exception.builder()
            .statusCode(500)
            .awsErrorDetails(AwsErrorDetails.builder().sdkHttpResponse(answer).build())
            .build();
    return failure(refusal);
  }

  private static Duration pauseAfter(FetchException failure, Tries tries) {
    assertThat(tries.again(failure, LONG), is(true));
    return tries.pause();
  }

  private static List<Long> millis(double random) {
    Tries tries = tries(() -> random);
    List<Long> pauses = new ArrayList<>();
    for (int failures = 1; failures < SETTINGS.maxAttempts(); failures++) {
      pauses.add(pauseAfter(failure(), tries).toMillis());
    }
    return pauses;
  }

  @Test
  void waitsAShareOfAPauseThatDoublesUpToALimit() {
    assertThat(
        millis(1),
        contains(
            200L, 400L, 800L, 1600L, 3200L, 6400L, 12_800L, 20_000L, 20_000L, 20_000L, 20_000L));
    assertThat(
        millis(0.25),
        contains(50L, 100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L, 5000L, 5000L));
  }

  @Test
  void neverComesBackAtOnce() {
    assertThat(millis(0), is(List.of(20L, 20L, 20L, 20L, 20L, 20L, 20L, 20L, 20L, 20L, 20L)));
  }

  @Property(tries = 100)
  void waitsWithinTheBoundsWhateverIsDrawn(@ForAll long seed) {
    Tries tries = tries(new Random(seed)::nextDouble);
    long longest = 200;
    for (int failures = 1; failures < SETTINGS.maxAttempts(); failures++) {
      long pause = pauseAfter(failure(), tries).toMillis();
      assertThat(pause, is(both(greaterThanOrEqualTo(20L)).and(lessThanOrEqualTo(longest))));
      longest = Math.min(2 * longest, SECONDS.toMillis(20));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3,0,3000",
    "3,0.5,3100",
    "3,1,3200",
    "20,0,20000",
    "20,1,20200",
    "86400,0.5,20100",
    "0,0.5,100"
  })
  void waitsAsLongAsTheServerAsksAndARandomShareMore(String asked, double random, long millis) {
    assertThat(pauseAfter(failure(asked), tries(() -> random)), is(Duration.ofMillis(millis)));
  }

  /** A pause that has grown to the longest, 20 s, is drawn from what is left of it, or a tenth. */
  @ParameterizedTest
  @CsvSource({"5,0.5,12500", "5,1,20000", "19,1,21000", "20,0.5,21000", "86400,1,22000"})
  void exceedsTheLongestPauseByATenthAtMost(String asked, double random, long millis) {
    Tries tries = tries(() -> random);
    for (int failures = 0; failures < 8; failures++) {
      assertThat(tries.again(failure(), LONG), is(true));
    }
    assertThat(pauseAfter(failure(asked), tries), is(Duration.ofMillis(millis)));
  }

  @Test
  void doesNotLetThoseThatFailedTogetherComeBackTogether() {
    Random random = new Random(1);
    HostLimit limit = limit();
    Set<Duration> afterFailure = new HashSet<>();
    Set<Duration> afterTheSameWord = new HashSet<>();
    Set<Duration> afterAnAbsurdWord = new HashSet<>();
    for (int item = 0; item < 20; item++) {
      afterFailure.add(pauseAfter(failure(), new Tries(SLOW, limit, random::nextDouble)));
      afterTheSameWord.add(pauseAfter(failure("5"), new Tries(SLOW, limit, random::nextDouble)));
      afterAnAbsurdWord.add(
          pauseAfter(failure("86400"), new Tries(SLOW, limit, random::nextDouble)));
    }
    assertThat(afterFailure, hasSize(20));
    assertThat(afterTheSameWord, hasSize(20));
    assertThat(afterAnAbsurdWord, hasSize(20));
  }
}
