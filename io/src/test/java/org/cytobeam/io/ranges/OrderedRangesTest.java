package org.cytobeam.io.ranges;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OrderedRangesTest {

  /** Sends ranges in any order, as soon as so many have been asked for, or all. */
  private static final class Shuffled implements RangeSource {

    private final byte[] content;
    private final int inFlight;
    private final Random random;
    private final List<Runnable> waiting = new ArrayList<>();
    private final Set<byte[]> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
    private int asked;

    Shuffled(byte[] content, int inFlight, long seed) {
      this.content = content;
      this.inFlight = inFlight;
      this.random = new Random(seed);
    }

    @Override
    public CompletableFuture<?> fetch(long offset, byte[] target, int length) {
      CompletableFuture<Integer> arrival = new CompletableFuture<>();
      buffers.add(target);
      waiting.add(
          () -> {
            System.arraycopy(content, (int) offset, target, 0, length);
            arrival.complete(length);
          });
      if (asked++ >= inFlight - 1 || offset + length == content.length) {
        Collections.shuffle(waiting, random);
        waiting.forEach(Runnable::run);
        waiting.clear();
      }
      return arrival;
    }
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Property
  void handsOnWhatArrivesInOrder(
      @ForAll @IntRange(max = 1000) int length,
      @ForAll @IntRange(min = 1, max = 300) int rangeBytes,
      @ForAll long seed)
      throws IOException {
    byte[] content = noise(length);
    Shuffled source = new Shuffled(content, 4, seed);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new OrderedRanges(source, 4, rangeBytes).copy(0, length, out::write);
    assertThat(Arrays.equals(out.toByteArray(), content), is(true));
    assertThat(source.buffers.size(), is(lessThanOrEqualTo(4)));
  }

  @Test
  void keepsSoManyInFlight() throws Exception {
    List<Long> asked = new ArrayList<>();
    RangeSource source =
        (offset, target, length) -> {
          asked.add(offset);
          return CompletableFuture.completedFuture(length);
        };
    List<Integer> askedWhenTaken = new ArrayList<>();
    new OrderedRanges(source, 3, 10)
        .copy(5, 75, (bytes, offset, length) -> askedWhenTaken.add(asked.size()));
    assertThat(asked, is(List.of(5L, 15L, 25L, 35L, 45L, 55L, 65L)));
    assertThat(askedWhenTaken, is(List.of(3, 4, 5, 6, 7, 7, 7)));
  }

  @Test
  void handsOnNothingOfNothing() throws Exception {
    new OrderedRanges(
            (offset, target, length) -> {
              throw new AssertionError("nothing is wanted");
            },
            2,
            10)
        .copy(7, 7, (bytes, offset, length) -> assertThat(length, is(-1)));
  }

  @Test
  void givesTheOthersUpWhenOneFails() {
    IOException failure = new NoRangesException("none");
    List<CompletableFuture<?>> arrivals = new ArrayList<>();
    RangeSource source =
        (offset, target, length) -> {
          CompletableFuture<?> arrival =
              offset == 10 ? CompletableFuture.failedFuture(failure) : new CompletableFuture<>();
          if (offset == 0) {
            arrival.complete(null);
          }
          arrivals.add(arrival);
          return arrival;
        };
    List<Integer> taken = new ArrayList<>();
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                new OrderedRanges(source, 3, 10)
                    .copy(0, 100, (bytes, offset, length) -> taken.add(length)));
    assertThat(thrown, sameInstance(failure));
    assertThat(taken, is(List.of(10)));
    assertThat(arrivals.size(), is(4));
    assertThat(arrivals.stream().filter(CompletableFuture::isCancelled).count(), is(2L));
  }

  @Test
  void givesAllUpWhenTheTakerFails() {
    List<CompletableFuture<?>> arrivals = new ArrayList<>();
    RangeSource source =
        (offset, target, length) -> {
          CompletableFuture<?> arrival = new CompletableFuture<>();
          if (offset == 0) {
            arrival.complete(null);
          }
          arrivals.add(arrival);
          return arrival;
        };
    IOException full = new IOException("the disk is full");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                new OrderedRanges(source, 3, 10)
                    .copy(
                        0,
                        100,
                        (bytes, offset, length) -> {
                          throw full;
                        }));
    assertThat(thrown, sameInstance(full));
    assertThat(arrivals.size(), is(3));
    assertThat(arrivals.stream().filter(CompletableFuture::isCancelled).count(), is(2L));
  }

  @Test
  @Timeout(60)
  void givesAllUpWhenTheThreadIsInterrupted() {
    List<CompletableFuture<?>> arrivals = new ArrayList<>();
    RangeSource source =
        (offset, target, length) -> {
          CompletableFuture<?> arrival = new CompletableFuture<>();
          arrivals.add(arrival);
          return arrival;
        };
    Thread.currentThread().interrupt();
    assertThrows(
        InterruptedIOException.class,
        () -> new OrderedRanges(source, 2, 10).copy(0, 100, (bytes, offset, length) -> {}));
    assertThat(Thread.interrupted(), is(true));
    assertThat(arrivals.size(), is(2));
    assertThat(arrivals.stream().allMatch(CompletableFuture::isCancelled), is(true));
  }
}
