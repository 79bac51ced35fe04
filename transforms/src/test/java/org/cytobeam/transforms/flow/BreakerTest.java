package org.cytobeam.transforms.flow;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class BreakerTest {

  @Test
  void opensAtTheLimitAndTellsTheLastReason() throws Exception {
    Breaker breaker = new Breaker(3);
    breaker.transientFailure("first");
    breaker.transientFailure("second");

    RunAbortedException thrown =
        assertThrows(RunAbortedException.class, () -> breaker.transientFailure("third"));

    assertThat(
        thrown.getMessage(),
        allOf(
            containsString("3 requests in a row"),
            containsString("third"),
            containsString("Run the same command again")));
  }

  @Test
  void staysOpenWhileNothingIsAnswered() throws Exception {
    Breaker breaker = new Breaker(2);
    breaker.transientFailure("first");

    assertThrows(RunAbortedException.class, () -> breaker.transientFailure("second"));
    assertThrows(RunAbortedException.class, () -> breaker.transientFailure("third"));
  }

  @Test
  void anAnswerBeginsTheCountAnew() throws Exception {
    Breaker breaker = new Breaker(3);
    for (int i = 0; i < 100; i++) {
      breaker.transientFailure("first");
      breaker.transientFailure("second");
      breaker.answered();
    }
    breaker.transientFailure("first");
    breaker.transientFailure("second");

    assertThrows(RunAbortedException.class, () -> breaker.transientFailure("third"));
  }

  @Test
  void aBreakerThatNeverClosesIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Breaker(0));
  }
}
