package org.cytobeam.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.destination.RunLock;
import org.cytobeam.io.destination.RunLocks;
import org.junit.jupiter.api.Test;

class OtherRunsTest {

  private static final RunId OWN = new RunId("20260103T000000Z-00000000");
  private static final RunId ONE = new RunId("20260101T000000Z-00000000");
  private static final RunId TWO = new RunId("20260102T000000Z-00000000");

  private static final RunId LATER = new RunId("20260104T000000Z-00000000");

  private final Map<RunId, Duration> looksAliveUntil = new HashMap<>(Map.of(OWN, forever()));
  private final List<String> told = new ArrayList<>();
  private Duration now = Duration.ZERO;
  private Duration lookTakes = Duration.ZERO;

  /** The clock of this test. */
  private final class HandTime implements OtherRuns.Time {

    @Override
    public long nanos() {
      return now.toNanos();
    }

    @Override
    public void pass(Duration pause) {
      now = now.plus(pause);
    }
  }

  /** Locks by the clock of this test. */
  private final class ClockLocks implements RunLocks {

    private final Duration deathShowsWithin;

    ClockLocks(Duration deathShowsWithin) {
      this.deathShowsWithin = deathShowsWithin;
    }

    @Override
    public RunLock acquire(RunId run) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RunLock join(RunId run) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void end(RunId run) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isHeld(RunId run) {
      now = now.plus(lookTakes);
      return looksAliveUntil.getOrDefault(run, Duration.ZERO).compareTo(now) > 0;
    }

    @Override
    public Duration deathShowsWithin() {
      return deathShowsWithin;
    }

    @Override
    public List<RunId> runs() {
      return List.of(ONE, TWO, OWN, LATER);
    }
  }

  private static Duration forever() {
    return Duration.ofDays(1);
  }

  private List<RunId> awaitDead(Duration deathShowsWithin) throws IOException {
    return awaitDead(OWN, deathShowsWithin);
  }

  private List<RunId> awaitDead(RunId own, Duration deathShowsWithin) throws IOException {
    return others(own, deathShowsWithin).awaitDead(told::add, () -> false);
  }

  private OtherRuns others(RunId own, Duration deathShowsWithin) {
    return new OtherRuns(new ClockLocks(deathShowsWithin), own, new HandTime());
  }

  @Test
  void aloneItDoesNotWait() throws IOException {
    assertThat(awaitDead(Duration.ofSeconds(60)), is(empty()));
    assertThat(now, is(Duration.ZERO));
    assertThat(told, is(empty()));
  }

  @Test
  void namesALivingRunAtOnceWhereDeathShowsAtOnce() throws IOException {
    looksAliveUntil.put(TWO, forever());

    assertThat(awaitDead(Duration.ZERO), contains(TWO));
    assertThat(now, is(Duration.ZERO));
    assertThat(told, is(empty()));
  }

  @Test
  void waitsForADeadRunAndNoLonger() throws IOException {
    looksAliveUntil.put(TWO, Duration.ofSeconds(37));

    assertThat(awaitDead(Duration.ofSeconds(60)), is(empty()));
    assertThat(now, is(Duration.ofSeconds(38)));
    assertThat(
        told,
        contains(
            "Run "
                + TWO
                + " holds the lock of the output folder. Waiting, for 60 s at most: if it was"
                + " killed or gives way, its lock comes free."));
  }

  /** Of runs that start at once the others see this one too, and give way. */
  @Test
  void theFirstByItsIdWaitsForTheOthersToGiveWay() throws IOException {
    looksAliveUntil.put(LATER, Duration.ofSeconds(3));

    assertThat(awaitDead(Duration.ZERO), is(empty()));
    assertThat(now, is(Duration.ofSeconds(4)));
  }

  @Test
  void theFirstByItsIdWaitsForThemInVainWhereTheyHadBegunBefore() throws IOException {
    looksAliveUntil.put(LATER, forever());

    assertThat(awaitDead(Duration.ofSeconds(60)), contains(LATER));
    assertThat(now, is(Duration.ofSeconds(70)));
  }

  @Test
  void inTheMiddleItDoesNotWait() throws IOException {
    looksAliveUntil.put(TWO, forever());
    looksAliveUntil.put(LATER, forever());

    assertThat(awaitDead(Duration.ZERO), contains(TWO, LATER));
    assertThat(now, is(Duration.ZERO));
  }

  /** A dead run of a lower id hides at first which of two that start at once is the first. */
  @Test
  void ofTwoThatStartBesideADeadRunTheSecondGivesWay() throws IOException {
    looksAliveUntil.put(TWO, Duration.ofSeconds(60));

    assertThat(awaitDead(LATER, Duration.ofSeconds(60)), contains(OWN));
    assertThat(now, is(Duration.ofSeconds(60)));
    assertThat(told.get(0).contains("Waiting, for 60 s at most"), is(true));
  }

  @Test
  void ofTwoThatStartBesideADeadRunTheFirstWaitsForTheSecond() throws IOException {
    looksAliveUntil.put(TWO, Duration.ofSeconds(60));
    looksAliveUntil.put(LATER, Duration.ofSeconds(67));

    assertThat(awaitDead(Duration.ofSeconds(60)), is(empty()));
    assertThat(now, is(Duration.ofSeconds(68)));
    assertThat(told.size(), is(1));
    assertThat(told.get(0).contains("Waiting, for 70 s at most"), is(true));
  }

  @Test
  void countsTheTimeThatLookingTakes() throws IOException {
    looksAliveUntil.put(TWO, forever());
    lookTakes = Duration.ofSeconds(5);

    assertThat(awaitDead(Duration.ofSeconds(60)), contains(TWO));
    // Three looks at first, 15 s; then seven times 7 s.
    assertThat(now, is(Duration.ofSeconds(64)));
  }

  @Test
  void namesThoseThatStillLiveAfterTheLongestTime() throws IOException {
    looksAliveUntil.put(ONE, Duration.ofSeconds(60));
    looksAliveUntil.put(TWO, forever());

    assertThat(awaitDead(Duration.ofSeconds(60)), contains(TWO));
    assertThat(now, is(Duration.ofSeconds(60)));
    assertThat(told.size(), is(1));
  }

  @Test
  void stopsWaitingWhenAsked() {
    looksAliveUntil.put(TWO, forever());
    OtherRuns others = others(OWN, Duration.ofSeconds(60));

    assertThrows(
        InterruptedIOException.class,
        () -> others.awaitDead(told::add, () -> now.toSeconds() >= 4));
    assertThat(now, is(Duration.ofSeconds(4)));
  }
}
