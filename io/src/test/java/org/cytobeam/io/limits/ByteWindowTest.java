package org.cytobeam.io.limits;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.cytobeam.io.limits.ByteWindow.Share;
import org.junit.jupiter.api.Test;

class ByteWindowTest {

  private static final int MEGABYTE = 1 << 20;
  private static final long MB = MEGABYTE;

  private final HandScheduler time = new HandScheduler(0);
  private final ByteWindow window = new ByteWindow(10 * MB, time);

  private static Share granted(CompletableFuture<Share> asked) {
    assertThat(asked.isDone(), is(true));
    return asked.join();
  }

  @Test
  void expectsWhatItHasSeen() {
    Share first = granted(window.reserve());
    assertThat(window.reserved(), is(ByteWindow.FIRST_GUESS));
    assertThat(first.fits(MB), is(true));
    assertThat(window.reserved(), is(MB));
    first.close();
    for (int i = 0; i < 100; i++) {
      Share share = granted(window.reserve());
      share.fits(MB);
      share.close();
    }
    Share known = granted(window.reserve());
    assertThat(window.reserved() - MB, is(lessThanOrEqualTo(16L)));
    known.close();
    known.close();
    assertThat(window.reserved(), is(0L));
  }

  @Test
  void letsOthersWaitForRoomInTheirOrder() {
    Share one = granted(window.reserve());
    Share two = granted(window.reserve());
    CompletableFuture<Share> three = window.reserve();
    CompletableFuture<Share> gone = window.reserve();
    CompletableFuture<Share> four = window.reserve();
    time.settle();
    assertThat(three.isDone(), is(false));
    gone.cancel(true);
    one.arrived();
    time.settle();
    assertThat("what has arrived still takes room", three.isDone(), is(false));
    one.close();
    time.settle();
    assertThat(List.of(three.isDone(), four.isDone()), contains(true, false));
    two.close();
    time.settle();
    granted(four);
  }

  @Test
  void givesNoRoomToWhoNoLongerWaits() {
    Share one = granted(window.reserve());
    Share two = granted(window.reserve());
    CompletableFuture<Share> three = window.reserve();
    one.close();
    three.cancel(true);
    time.settle();
    two.close();
    assertThat(window.reserved(), is(0L));
  }

  @Test
  void letsOneThingThroughThatIsLongerThanTheWindow() {
    Share alone = granted(window.reserve());
    assertThat(alone.fits(15 * MB), is(true));
    assertThat(window.reserved(), is(15 * MB));
    CompletableFuture<Share> next = window.reserve();
    time.settle();
    assertThat(next.isDone(), is(false));
    alone.close();
    time.settle();
    granted(next);
  }

  @Test
  void letsWhatIsMuchLongerThanExpectedWaitForItsTurn() {
    Share one = granted(window.reserve());
    Share huge = granted(window.reserve());
    assertThat(huge.fits(9 * MB), is(false));
    assertThat(window.reserved(), is(2 * ByteWindow.FIRST_GUESS));
    huge.close();
    CompletableFuture<Share> exact = window.reserve(9 * MB);
    CompletableFuture<Share> other = window.reserve();
    time.settle();
    assertThat(exact.isDone(), is(false));
    assertThat("nobody overtakes it", other.isDone(), is(false));
    one.arrived();
    time.settle();
    granted(exact);
    assertThat(window.reserved(), is(ByteWindow.FIRST_GUESS + 9 * MB));
  }

  @Test
  void letsLongThingsInOneAtATimeAndInTheirOrder() {
    Share here = granted(window.reserve());
    here.arrived();
    CompletableFuture<Share> first = window.reserve(9 * MB);
    CompletableFuture<Share> second = window.reserve(9 * MB);
    time.settle();
    granted(first).arrived();
    time.settle();
    assertThat("the first is still here", second.isDone(), is(false));
    assertThat(window.reserved(), is(ByteWindow.FIRST_GUESS + 9 * MB));
    first.join().close();
    time.settle();
    granted(second);
  }

  @Test
  void letsWhatIsALittleLongerGoOn() {
    Share one = granted(window.reserve());
    Share two = granted(window.reserve());
    assertThat(one.fits(8 * MB) && two.fits(8 * MB), is(true));
    assertThat(window.reserved(), is(16 * MB));
  }

  @Test
  void isNotFooledForLongByOneHugeThing() {
    Share huge = granted(window.reserve());
    huge.fits(1000 * MB);
    huge.close();
    Share next = granted(window.reserve());
    assertThat(window.reserved(), is(lessThanOrEqualTo(5 * MB)));
    next.close();
  }

  @Test
  void hasAtLeastOneByte() {
    assertThrows(IllegalArgumentException.class, () -> new ByteWindow(0, time));
    assertThat(window.longest(), is(20 * MB));
  }

  @Test
  void letsNoLongThingInBesideWhatHasGrownBeyondTheWindow() {
    Share grown = granted(window.reserve());
    assertThat("it is alone", grown.grow(15 * MB), is(true));
    grown.arrived();
    assertThatNoLongThingComesBeside(grown);

    Share longer = granted(window.reserve());
    assertThat("it is alone", longer.fits(15 * MB), is(true));
    longer.arrived();
    assertThatNoLongThingComesBeside(longer);
  }

  private void assertThatNoLongThingComesBeside(Share here) {
    CompletableFuture<Share> other = window.reserve(20 * MB);
    time.settle();
    assertThat(other.isDone(), is(false));
    here.close();
    time.settle();
    granted(other).close();
    assertThat(window.reserved(), is(0L));
  }

  /** A thing of {@code length} that has not arrived, as far as its window knows. */
  private record Arriving(CompletableFuture<Share> share, int length, boolean isLengthKnown) {}

  /** Things of up to the longest that there may be, taken in the order in which they arrive. */
  private static final class Fetches {

    private final HandScheduler clock = new HandScheduler(0);
    private final ByteWindow bytes = new ByteWindow(10 * MB, clock);
    private final List<Arriving> open = new ArrayList<>();
    private final Deque<Share> here = new ArrayDeque<>();

    void ask(int length, boolean isLengthKnown) {
      open.add(new Arriving(bytes.reserve(), length, isLengthKnown));
      assertBounded();
    }

    int unfinished() {
      return open.size() + here.size();
    }

    /** Lets all arrive that may, once, and takes what arrived first. */
    void goOn() {
      clock.settle();
      boolean someCame = false;
      for (Arriving one : List.copyOf(open)) {
        if (one.share().isDone()) {
          someCame = true;
          open.remove(one);
          arrive(one, one.share().join());
          assertBounded();
        }
      }
      assertThat("something goes on", someCame || !here.isEmpty(), is(true));
      if (!here.isEmpty()) {
        here.removeFirst().close();
      }
      assertBounded();
    }

    private void arrive(Arriving one, Share share) {
      int memory = MEGABYTE;
      while (!one.isLengthKnown() && memory < one.length()) {
        memory = Math.min(2 * memory, one.length());
        if (!share.grow(memory)) {
          askAgain(one, share, memory);
          return;
        }
        assertBounded();
      }
      if (share.fits(one.length())) {
        share.arrived();
        here.addLast(share);
      } else {
        askAgain(one, share, one.length());
      }
    }

    private void askAgain(Arriving one, Share share, int length) {
      share.close();
      open.add(new Arriving(bytes.reserve(length), one.length(), one.isLengthKnown()));
    }

    private void assertBounded() {
      assertThat(bytes.reserved(), is(lessThanOrEqualTo(10 * MB + bytes.longest())));
    }
  }

  @Property(tries = 500)
  void bringsEverythingThroughAndKeepsItsBound(
      @ForAll @Size(max = 60) List<@IntRange(max = 2 * 10 * MEGABYTE) Integer> lengths,
      @ForAll long known,
      @ForAll @IntRange(min = 1, max = 20) int inFlight) {
    Fetches fetches = new Fetches();
    for (int i = 0; i < lengths.size(); i++) {
      while (fetches.unfinished() >= inFlight) {
        fetches.goOn();
      }
      fetches.ask(lengths.get(i), (known >>> i & 1) == 1);
    }
    while (fetches.unfinished() > 0) {
      fetches.goOn();
    }
    assertThat(fetches.bytes.reserved(), is(0L));
  }

  @Test
  void growsAShareWhileThereIsRoomAndNeverShrinksIt() {
    ByteWindow grown = new ByteWindow(100, new HandScheduler(0));
    ByteWindow.Share one = grown.reserve().join();
    assertThat(one.fits(30), is(true));
    assertThat(one.grow(20), is(true));
    assertThat(grown.reserved(), is(30L));
    assertThat("it is alone", one.grow(150), is(true));
    assertThat(one.fits(50), is(true));
    var other = grown.reserve(40);
    assertThat(one.grow(61), is(false));
    assertThat(grown.reserved(), is(90L));
    assertThat(one.grow(60), is(true));
    assertThat(grown.reserved(), is(100L));
    one.close();
    assertThat(one.grow(1), is(false));
    assertThat(grown.reserved(), is(40L));
    other.cancel(true);
  }
}
