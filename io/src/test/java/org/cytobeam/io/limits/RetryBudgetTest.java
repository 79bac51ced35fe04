package org.cytobeam.io.limits;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private static int spendAll(RetryBudget budget, long now) {
    int spent = 0;
    while (budget.spend(now)) {
      spent++;
    }
    return spent;
  }

  @Test
  void beginsFullAndThenLastsForOneASecond() {
    RetryBudget budget = new RetryBudget(5);
    assertThat(spendAll(budget, 5), is(100));
    assertThat(budget.waitNanos(5), is(SECOND));
    assertThat(spendAll(budget, 4 + SECOND), is(0));
    assertThat(spendAll(budget, 5 + SECOND), is(1));
    assertThat(spendAll(budget, 5 + 10 * SECOND), is(1));
  }

  @Test
  void earnsALittleLessThanHalfARetryWithEachSuccess() {
    RetryBudget budget = new RetryBudget(0);
    assertThat(spendAll(budget, 0), is(100));
    for (int i = 0; i < 100; i++) {
      budget.succeeded();
    }
    assertThat(spendAll(budget, 0), is(45));
  }

  @Test
  void savesNoMoreThanItBeganWith() {
    RetryBudget budget = new RetryBudget(0);
    for (int i = 0; i < 1000; i++) {
      budget.succeeded();
    }
    assertThat(spendAll(budget, 0), is(100));
  }

  @Property(tries = 200)
  void boundsTheRetriesWhateverHappens(
      @ForAll @Size(max = 500) List<@LongRange(min = 0, max = 2_000_000_000L) Long> pauses,
      @ForAll @LongRange(min = 1, max = 5) long successEvery) {
    RetryBudget budget = new RetryBudget(0);
    long now = 0;
    int successes = 0;
    int retries = 0;
    for (int i = 0; i < pauses.size(); i++) {
      now += pauses.get(i);
      if (i % successEvery == 0) {
        budget.succeeded();
        successes++;
      }
      retries += budget.spend(now) ? 1 : 0;
      retries += budget.spend(now) ? 1 : 0;
    }
    assertThat((double) retries, is(lessThanOrEqualTo(100 + 0.45 * successes + 1 + now / SECOND)));
  }
}
