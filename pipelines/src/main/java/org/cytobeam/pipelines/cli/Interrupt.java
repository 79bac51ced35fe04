package org.cytobeam.pipelines.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wish to stop: Ctrl-C or a signal to terminate. It calls what was registered to stop the work,
 * gives the command a few seconds to come to its end, and then ends the process.
 */
public final class Interrupt {

  /** How long a command may take to come to its end. */
  static final Duration GRACE = Duration.ofSeconds(4);

  /**
   * How the process ends if the command can't come to its end in time.
   *
   * @param message what people are told then
   */
  private record Ending(ExitCode code, String message) {}

  private static final Ending GOES_ON =
      new Ending(
          ExitCode.INTERRUPTED,
          "Interrupted. What is done stays done: the same command goes on from there.");

  private final Console console;
  private final Duration grace;
  private final List<Runnable> stops = new CopyOnWriteArrayList<>();
  private final CountDownLatch settled = new CountDownLatch(1);
  private volatile boolean requested;
  private volatile Ending ending = GOES_ON;
  private volatile ExitCode code = ExitCode.INTERRUPTED;

  Interrupt(Console console, Duration grace) {
    this.console = console;
    this.grace = grace;
  }

  /** Returns one that nobody requests, for runs that something else stops. */
  public static Interrupt never() {
    return new Interrupt(Console.plain(), GRACE);
  }

  /** Returns whether to stop: steps that are no pipeline ask between items. */
  public boolean isRequested() {
    return requested;
  }

  /**
   * Registers what stops the work. It is called once: by another thread, or by this one if stopping
   * has been requested already.
   */
  public void onRequest(Runnable stop) {
    Runnable once = once(stop);
    stops.add(once);
    if (requested) {
      once.run();
    }
  }

  /**
   * Says what a stop means from now on, if it isn't that the same command goes on.
   *
   * @param code how the command ends if it is stopped: with the code of interruptions, or with its
   *     own if all that is left to do doesn't count
   * @param message what people are told then
   */
  public void means(ExitCode code, String message) {
    ending = new Ending(code, message);
  }

  /** Says that a stop means from now on what it means by itself: the same command goes on. */
  public void goesOn() {
    ending = GOES_ON;
  }

  private static Runnable once(Runnable stop) {
    AtomicBoolean isCalled = new AtomicBoolean();
    return () -> {
      if (isCalled.compareAndSet(false, true)) {
        stop.run();
      }
    };
  }

  /** Lets signals that would end the process request the stop first. */
  void catchSignals() {
    IntConsumer halt = Runtime.getRuntime()::halt;
    Runtime.getRuntime().addShutdownHook(new Thread(() -> request(halt), "interrupt"));
  }

  /** Says that the command has ended by itself, and how. */
  void settle(ExitCode code) {
    this.code = code;
    settled.countDown();
  }

  /**
   * Stops the work and ends the process; does nothing if the command has ended already.
   *
   * @param halt ends the process with a code: {@code System.exit} would wait for the very thread
   *     that runs this
   */
  void request(IntConsumer halt) {
    if (settled.getCount() == 0) {
      return;
    }
    requested = true;
    Thread stopping = new Thread(this::stop, "stop");
    stopping.setDaemon(true);
    stopping.start();
    boolean isSettled = awaitSettled();
    Ending end = ending;
    ExitCode last = isSettled ? code : end.code();
    console.endStatus();
    if (!isSettled || last == ExitCode.INTERRUPTED) {
      console.message(end.message());
    }
    halt.accept(last.number());
  }

  private void stop() {
    Logger log = LoggerFactory.getLogger(Interrupt.class);
    for (Runnable stop : stops) {
      try {
        stop.run();
      } catch (RuntimeException e) {
        log.warn("Stopping failed; the process ends all the same", e);
      }
    }
  }

  private boolean awaitSettled() {
    try {
      return settled.await(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
