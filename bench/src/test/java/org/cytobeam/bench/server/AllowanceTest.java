package org.cytobeam.bench.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class AllowanceTest {

  private static final long MILLI = 1_000_000;

  @Test
  void growsWithTimeUpToATwentiethOfItsRate() {
    Allowance allowance = new Allowance(1_000_000, 0);

    assertThat(allowance.available(0), is(0));
    assertThat(allowance.available(10 * MILLI), is(10_000));
    assertThat(allowance.available(20 * MILLI), is(20_000));
    assertThat(allowance.available(900 * MILLI), is(50_000));
  }

  @Test
  void shrinksByWhatIsSent() {
    Allowance allowance = new Allowance(1_000_000, 0);

    assertThat(allowance.available(10 * MILLI), is(10_000));
    allowance.take(9_000);
    assertThat(allowance.available(10 * MILLI), is(1_000));
    assertThat(allowance.available(12 * MILLI), is(3_000));
  }

  @Test
  void isNothingWhileTooMuchWasSent() {
    Allowance allowance = new Allowance(1_000, 0);

    allowance.take(100);

    assertThat(allowance.available(50 * MILLI), is(0));
    assertThat(allowance.available(101 * MILLI), is(1));
  }

  @Test
  void hasNoEndWithoutARate() {
    Allowance allowance = new Allowance(0, 0);

    allowance.take(Long.MAX_VALUE);

    assertThat(allowance.available(0), is(Integer.MAX_VALUE));
  }
}
