package org.cytobeam.io.destination;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRunLocksTest {

  private static final RunId ONE = new RunId("20260101T000000Z-00000000");
  private static final RunId OTHER = new RunId("20260102T000000Z-00000000");

  private Path root;
  private Destination destination;
  private RunLocks locks;

  @BeforeEach
  void openDestination(@TempDir Path temporary) {
    root = temporary;
    destination = Destinations.open(new DestinationSettings(root.toString(), ONE, Durability.RUN));
    locks = destination.runLocks();
  }

  @Test
  void holdsALockUntilItIsClosed() throws IOException {
    assertThat(locks.isHeld(ONE), is(false));
    try (RunLock lock = locks.acquire(ONE)) {
      assertThat(lock.run(), is(ONE));
      assertThat(locks.isHeld(ONE), is(true));
      assertThat(locks.isHeld(OTHER), is(false));
    }
    assertThat(locks.isHeld(ONE), is(false));
    assertThat(locks.deathShowsWithin(), is(Duration.ZERO));
  }

  @Test
  void refusesASecondHolder() throws IOException {
    try (RunLock lock = locks.acquire(ONE)) {
      assertThrows(FileAlreadyExistsException.class, () -> locks.acquire(lock.run()));
      assertThat(locks.isHeld(ONE), is(true));
    }
  }

  @Test
  void canBeClosedTwice() throws IOException {
    RunLock lock = locks.acquire(ONE);
    lock.close();
    try (RunLock again = locks.acquire(ONE)) {
      lock.close();
      assertThat(locks.isHeld(again.run()), is(true));
    }
  }

  @Test
  void namesRunsFromTheOldest() throws IOException {
    assertThat(locks.runs(), is(empty()));
    destination.put("_cytobeam/runs/" + OTHER + "/run.json", new byte[0]);
    destination.put("_cytobeam/runs/notes/run.json", new byte[0]);
    try (RunLock lock = locks.acquire(ONE)) {
      assertThat(locks.runs(), contains(lock.run(), OTHER));
    }
  }

  @Test
  void isHeldForOtherProcessesAlsoAfterLooking() throws Exception {
    try (RunLock lock = locks.acquire(ONE)) {
      assertThat(locks.isHeld(ONE), is(true));
      String path = "_cytobeam/runs/" + lock.run() + "/lock";
      assertThat(destination.size(path), is(OptionalLong.empty()));
      assertThat(destination.list(""), is(empty()));
      try (ChildJvm child = new ChildJvm(LookingChild.class, root.toString(), ONE.value())) {
        assertThat(child.awaitEnd(), is(LookingChild.HELD));
      }
    }
    try (ChildJvm child = new ChildJvm(LookingChild.class, root.toString(), ONE.value())) {
      assertThat(child.awaitEnd(), is(LookingChild.FREE));
    }
  }

  @Test
  void isFreeOnceItsProcessWasKilled() throws Exception {
    try (ChildJvm child =
        new ChildJvm(PuttingChild.class, root.toString(), OTHER.value(), "100000")) {
      child.awaitLines(1);
      assertThat(locks.isHeld(OTHER), is(true));
      child.kill();
      assertThat(locks.isHeld(OTHER), is(false));
    }
  }

  @Test
  void isHeldAsLongAsAnyProcessThatJoinedIt() throws Exception {
    RunLock begun = locks.acquire(ONE);
    try (ChildJvm child = new ChildJvm(JoiningChild.class, root.toString(), ONE.value())) {
      child.awaitLines(1);
      begun.leave();
      leftLongAgo();
      assertThat(locks.isHeld(ONE), is(true));
      child.kill();
      assertThat(locks.isHeld(ONE), is(false));
    }
  }

  @Test
  void isHeldForTheOneThatBeganItAfterOthersHaveLeft() throws IOException {
    try (RunLock begun = locks.acquire(ONE)) {
      RunLock joined = locks.join(ONE);
      joined.close();
      joined.close();
      assertThat(locks.isHeld(begun.run()), is(true));
    }
    assertThat(locks.isHeld(ONE), is(false));
  }

  /** A cluster may be busy, and its workers come and go. */
  @Test
  void isHeldForSomeTimeAfterItWasLeftAndAfterEachThatWorkedForIt() throws IOException {
    locks.acquire(ONE).leave();
    assertThat(locks.isHeld(ONE), is(true));
    leftLongAgo();
    assertThat(locks.isHeld(ONE), is(false));

    try (RunLock joined = locks.join(ONE)) {
      assertThat(locks.isHeld(joined.run()), is(true));
    }
    assertThat(locks.isHeld(ONE), is(true));
    assertThat(destination.list(""), is(empty()));
  }

  @Test
  void canNotBeJoinedAfterItsEnd() throws IOException {
    try (RunLock held = locks.acquire(OTHER)) {
      locks.end(held.run());
      assertThat("it was not left", locks.isHeld(OTHER), is(true));
    }
    locks.acquire(ONE).leave();
    locks.end(ONE);

    assertThat(locks.isHeld(ONE), is(false));
    assertThrows(UnknownRunException.class, () -> locks.join(ONE));
    assertThrows(UnknownRunException.class, () -> locks.join(OTHER));
  }

  private void leftLongAgo() throws IOException {
    Instant longAgo = Instant.now().minus(RunLocks.LEFT_ALONE);
    Files.setLastModifiedTime(
        root.resolve("_cytobeam/runs/" + ONE + "/lock.left"), FileTime.from(longAgo));
  }
}
