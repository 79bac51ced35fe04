package org.cytobeam.transforms.flow;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class SharedTest {

  private final List<String> events = new ArrayList<>();
  private final Shared<String, Closeable> shared = new Shared<>(this::open);

  private Closeable open(String key) {
    events.add("open " + key);
    return () -> events.add("close " + key);
  }

  @Test
  void opensOnceAndClosesWithTheLastLease() throws IOException {
    Shared.Lease<Closeable> first = shared.lease("a");
    Shared.Lease<Closeable> second = shared.lease("a");
    assertThat(second.get(), sameInstance(first.get()));
    first.close();
    assertThat(events, contains("open a"));

    second.close();

    assertThat(events, contains("open a", "close a"));
  }

  @Test
  void closingALeaseTwiceDoesNotTakeTheResourceFromOthers() throws IOException {
    Shared.Lease<Closeable> first = shared.lease("a");
    Shared.Lease<Closeable> second = shared.lease("a");
    first.close();
    first.close();
    assertThat(events, contains("open a"));

    second.close();

    assertThat(events, contains("open a", "close a"));
  }

  /** As clients with connections do, which else end half closed. */
  @Test
  void anInterruptedThreadClosesAllTheSameAndStaysInterrupted() throws IOException {
    List<Boolean> seen = new ArrayList<>();
    Shared<String, Closeable> asking =
        new Shared<>(key -> () -> seen.add(Thread.currentThread().isInterrupted()));
    Shared.Lease<Closeable> lease = asking.lease("a");
    Thread.currentThread().interrupt();

    lease.close();

    assertThat(Thread.interrupted(), is(true));
    assertThat(seen, contains(false));
  }

  @Test
  void anotherKeyIsAnotherResource() throws IOException {
    try (Shared.Lease<Closeable> a = shared.lease("a");
        Shared.Lease<Closeable> b = shared.lease("b")) {
      assertThat(b.get(), not(sameInstance(a.get())));
    }

    assertThat(events, contains("open a", "open b", "close b", "close a"));
  }

  @Test
  void whatWasClosedIsOpenedAgain() throws IOException {
    shared.lease("a").close();
    shared.lease("a").close();

    assertThat(events, contains("open a", "close a", "open a", "close a"));
  }

  @Test
  void whatMayIdleIsOpenForTheNextLease() throws IOException {
    Shared<String, Closeable> idling = new Shared<>(this::open, key -> Duration.ofDays(1));

    Shared.Lease<Closeable> first = idling.lease("a");
    first.close();
    try (Shared.Lease<Closeable> second = idling.lease("a")) {
      assertThat(second.get(), sameInstance(first.get()));
    }

    assertThat(events, contains("open a"));
  }

  @Test
  @Timeout(60)
  void whatIdlesForLongerIsClosed() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    Shared<String, Closeable> idling =
        new Shared<>(key -> closed::countDown, key -> Duration.ofMillis(1));

    idling.lease("a").close();

    closed.await();
  }

  @Test
  void anOpenerThatFailsIsAskedAgain() throws IOException {
    AtomicInteger tries = new AtomicInteger();
    Shared<String, Closeable> moody =
        new Shared<>(
            key -> {
              if (tries.incrementAndGet() == 1) {
                throw new IOException("not now");
              }
              return open(key);
            });

    assertThrows(IOException.class, () -> moody.lease("a"));
    moody.lease("a").close();

    assertThat(events, contains("open a", "close a"));
  }

  @Test
  void aResourceThatFailsToCloseIsGone() throws IOException {
    AtomicInteger opened = new AtomicInteger();
    Shared<String, Closeable> broken =
        new Shared<>(
            key -> {
              opened.incrementAndGet();
              return () -> {
                throw new IOException("still busy");
              };
            });

    assertThrows(IOException.class, broken.lease("a")::close);
    assertThrows(IOException.class, broken.lease("a")::close);

    assertThat(opened.get(), is(2));
  }

  @Test
  void threadsThatComeTogetherShareOneResource() throws Exception {
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Shared<String, Closeable> counted =
        new Shared<>(
            key -> {
              most.accumulateAndGet(open.incrementAndGet(), Math::max);
              return open::decrementAndGet;
            });
    Callable<Boolean> task =
        () -> {
          boolean alwaysOpen = true;
          for (int i = 0; i < 1000; i++) {
            try (Shared.Lease<Closeable> lease = counted.lease("a")) {
              alwaysOpen &= open.get() == 1;
            }
          }
          return alwaysOpen;
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Boolean> done : threads.invokeAll(List.of(task, task, task, task))) {
        assertThat(done.get(30, TimeUnit.SECONDS), is(true));
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(most.get(), is(1));
    assertThat(open.get(), is(0));
  }
}
