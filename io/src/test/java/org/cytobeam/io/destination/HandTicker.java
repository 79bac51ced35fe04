package org.cytobeam.io.destination;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A ticker that ticks when the test says so. */
final class HandTicker implements Ticker {

  private final List<Runnable> actions = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();

  @Override
  public Tick every(Duration pause, Runnable action) {
    actions.add(action);
    pauses.add(pause);
    return () -> actions.remove(action);
  }

  void tick() {
    List.copyOf(actions).forEach(Runnable::run);
  }

  List<Duration> pauses() {
    return pauses;
  }

  @Override
  public void close() {}
}
