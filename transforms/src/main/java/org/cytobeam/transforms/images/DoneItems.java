package org.cytobeam.transforms.images;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.flow.SharedDestinations;
import org.cytobeam.transforms.outcome.DoneIndex;
import org.cytobeam.transforms.outcome.DoneRule;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.ItemSet;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.RunSettings;

/**
 * What is there in an output folder, as far as the lengths of its files tell; one a process. Safe
 * for use by several threads.
 */
final class DoneItems implements Closeable {

  private static final Shared<RunSettings, DoneItems> OPEN = new Shared<>(DoneItems::open);

  /** A request to a bucket takes some 30 ms: so many at once answer a thousand in a second. */
  private static final int LOOKERS = 32;

  private static final Duration IDLE = Duration.ofSeconds(5);

  private final Shared.Lease<Destination> destination;
  private final DoneIndex index;
  private final boolean isForced;
  private final ThreadPoolExecutor lookers = threads();

  private DoneItems(Shared.Lease<Destination> destination, DoneIndex index, boolean isForced) {
    this.destination = destination;
    this.index = index;
    this.isForced = isForced;
  }

  /** Returns a lease on what is done; it must be closed. */
  static Shared.Lease<DoneItems> lease(RunSettings run) throws IOException {
    return OPEN.lease(
        new RunSettings(
            run.destination(), run.optionsHash(), Check.SIZE, run.force(), run.partial()));
  }

  private static DoneItems open(RunSettings run) throws IOException {
    Shared.Lease<Destination> destination = SharedDestinations.lease(run.destination());
    try {
      DoneIndex index = DoneIndex.load(destination.get(), run, DoneRule.none());
      return new DoneItems(destination, index, run.force());
    } catch (IOException | RuntimeException e) {
      destination.close();
      throw e;
    }
  }

  /** Returns the output folder. */
  Destination folder() {
    return destination.get();
  }

  /**
   * Returns for each of some items whether it needs not be fetched, in their order. In a bucket
   * each that was done costs a request; some tens of them are under way at once.
   *
   * @param downloaded the names that an earlier downloader says it has fetched
   */
  List<Presence> presences(List<Outcome> outcomes, ItemSet downloaded) throws IOException {
    List<Callable<Presence>> looks = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      looks.add(() -> presence(outcome, downloaded));
    }
    try {
      List<Presence> presences = new ArrayList<>();
      for (Future<Presence> look : lookers.invokeAll(looks)) {
        presences.add(look.get());
      }
      return presences;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException("it can't be told what is done", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while looking for what is done");
    }
  }

  /**
   * Returns whether an item needs not be fetched.
   *
   * @param downloaded the names that an earlier downloader says it has fetched
   */
  private Presence presence(Outcome outcome, ItemSet downloaded) throws IOException {
    if (!outcome.isPending()) {
      return Presence.NONE;
    }
    if (index.proves(outcome.getItem(), outcome.getFacts().getEtag(), List.of())) {
      return Presence.DONE;
    }
    return mayBeEarlier(outcome, downloaded) && hasListedLength(outcome)
        ? Presence.EARLIER
        : Presence.NONE;
  }

  /**
   * Returns whether the file of an item can be one that an earlier downloader has fetched: it says
   * so, and no run of this program has done the item.
   */
  boolean mayBeEarlier(Outcome outcome, ItemSet downloaded) {
    String name = outcome.getItem().getKeys().get(ImageKeys.NAME);
    return outcome.isPending()
        && !isForced
        && name != null
        && downloaded.contains(name)
        && !index.knows(outcome.getItem());
  }

  /** Returns whether the file of an item has the length that its object was listed with. */
  boolean hasListedLength(Outcome outcome) throws IOException {
    Item item = outcome.getItem();
    OptionalLong size = folder().size(item.getId());
    return size.isPresent() && size.getAsLong() == Listed.of(outcome.getFacts()).bytes();
  }

  private static ThreadPoolExecutor threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            LOOKERS,
            LOOKERS,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "done-looker");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  @Override
  public void close() throws IOException {
    lookers.shutdown();
    destination.close();
  }
}
