package org.cytobeam.pipelines.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InterruptTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console = new Console(stream(), stream(), 80);
  private final List<Integer> halts = new CopyOnWriteArrayList<>();

  @Test
  void stopsTheWorkAndEndsWithTheCodeOfInterruptions() {
    Interrupt interrupt = new Interrupt(console, LONG);
    interrupt.onRequest(() -> interrupt.settle(ExitCode.INTERRUPTED));

    interrupt.request(halts::add);

    assertThat(interrupt.isRequested(), equalTo(true));
    assertThat(halts, contains(130));
    assertThat(
        err.toString(StandardCharsets.UTF_8),
        containsString("the same command goes on from there"));
  }

  @Test
  void keepsTheCodeOfACommandThatFinishedMeanwhile() {
    Interrupt interrupt = new Interrupt(console, LONG);
    interrupt.onRequest(() -> interrupt.settle(ExitCode.INCOMPLETE));

    interrupt.request(halts::add);

    assertThat(halts, contains(3));
    assertThat(err.toString(StandardCharsets.UTF_8), emptyString());
  }

  @Test
  void endsWithTheCodeThatAStopMeansNow() {
    Interrupt interrupt = new Interrupt(console, Duration.ZERO);
    interrupt.means(ExitCode.INCOMPLETE, "All is done but the report.");

    interrupt.request(halts::add);

    assertThat(halts, contains(3));
    assertThat(
        err.toString(StandardCharsets.UTF_8),
        equalTo("All is done but the report." + System.lineSeparator()));
  }

  @Test
  void saysWhatAStopMeansWhenItHasStoppedTheCommand() {
    Interrupt interrupt = new Interrupt(console, LONG);
    interrupt.means(ExitCode.INTERRUPTED, "Nothing was written.");
    interrupt.onRequest(() -> interrupt.settle(ExitCode.INTERRUPTED));

    interrupt.request(halts::add);

    assertThat(halts, contains(130));
    assertThat(
        err.toString(StandardCharsets.UTF_8),
        equalTo("Nothing was written." + System.lineSeparator()));
  }

  @Test
  void itsGraceIsShorterThanTheFiveSecondsThatAStopMayTake() {
    assertThat(Interrupt.GRACE, lessThan(Duration.ofSeconds(5)));
  }

  @Test
  void doesNotWaitLongerThanItsGraceForWorkThatIgnoresIt() {
    Interrupt interrupt = new Interrupt(console, Duration.ZERO);
    CountDownLatch never = new CountDownLatch(1);
    interrupt.onRequest(() -> awaitUninterruptibly(never));

    interrupt.request(halts::add);
    never.countDown();

    assertThat(halts, contains(130));
  }

  @Test
  void doesNothingAfterTheEnd() {
    Interrupt interrupt = new Interrupt(console, LONG);
    interrupt.settle(ExitCode.DONE);

    interrupt.request(halts::add);

    assertThat(interrupt.isRequested(), equalTo(false));
    assertThat(halts, empty());
  }

  @Test
  void stopsWorkThatStartsAfterTheRequestAtOnce() {
    Interrupt interrupt = new Interrupt(console, Duration.ZERO);
    interrupt.request(halts::add);
    List<String> stopped = new CopyOnWriteArrayList<>();

    interrupt.onRequest(() -> stopped.add("late"));

    assertThat(stopped, contains("late"));
  }

  @Test
  void aStopThatThrowsDoesNotKeepTheOthersFromStopping() {
    Interrupt interrupt = new Interrupt(console, LONG);
    interrupt.onRequest(
        () -> {
          throw new IllegalStateException("stuck");
        });
    interrupt.onRequest(() -> interrupt.settle(ExitCode.INTERRUPTED));

    interrupt.request(halts::add);

    assertThat(halts, contains(130));
  }

  private PrintStream stream() {
    return new PrintStream(err, true, StandardCharsets.UTF_8);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
