package org.cytobeam.io.s3;

import static java.util.Objects.requireNonNull;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.limits.ByteWindow;
import org.cytobeam.io.limits.Scheduler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Bodies as they arrive, part by part. */
class WholeBodyTest {

  private static final int MEGA = 1 << 20;
  private static final int WINDOW = 16 * MEGA;
  private static final int LIMIT = 24 * MEGA;

  private final ByteWindow window = new ByteWindow(WINDOW, Scheduler.system());

  /** One answer, given by hand. */
  private static final class Answer implements SdkPublisher<ByteBuffer>, Subscription {

    private final WholeBody body;
    private final CompletableFuture<WholeBody.Received> received;
    private @Nullable Subscriber<? super ByteBuffer> subscriber;
    private boolean cancelled;
    private long requested;

    Answer(WholeBody body) {
      this.body = body;
      this.received = body.prepare();
    }

    Answer head(int status, @Nullable Long length) {
      GetObjectResponse.Builder head =
          GetObjectResponse.builder().contentLength(length).eTag("\"etag\"");
      head.sdkHttpResponse(SdkHttpResponse.builder().statusCode(status).build());
      body.onResponse(head.build());
      body.onStream(this);
      return this;
    }

    Answer part(int length) {
      requireNonNull(subscriber).onNext(ByteBuffer.allocate(length));
      return this;
    }

    void end() {
      requireNonNull(subscriber).onComplete();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> newSubscriber) {
      subscriber = newSubscriber;
      newSubscriber.onSubscribe(this);
    }

    @Override
    public void request(long count) {
      requested += count;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private Answer answer(ByteWindow.Share room) {
    return new Answer(new WholeBody(LIMIT, room, null));
  }

  @Test
  void takesRoomAsABodyOfUnknownLengthGrows() {
    ByteWindow.Share room = window.reserve().join();
    long expected = window.reserved();
    Answer answer = answer(room).head(200, null);

    answer.part(MEGA);
    assertThat(window.reserved(), is(expected));
    for (int mega = 2; mega <= 9; mega++) {
      answer.part(MEGA);
    }
    assertThat(window.reserved(), is(16L * MEGA));
    answer.end();

    PartialBody ended = ((WholeBody.Ended) answer.received.join()).body();
    assertThat(window.reserved(), is(9L * MEGA));
    assertThat(ended.bytes().length, is(9 * MEGA));
    assertThat("is no copy", ended.bytes(), is(sameInstance(ended.bytes())));
  }

  @Test
  void stopsABodyOfUnknownLengthThatFindsNoRoom() {
    window.reserve().join().fits(10 * MEGA);
    Answer answer = answer(window.reserve().join()).head(200, null);
    while (!answer.cancelled) {
      answer.part(MEGA);
      assertThat(window.reserved(), is(lessThanOrEqualTo((long) WINDOW)));
    }

    assertThat(answer.received.join(), is(new WholeBody.NoRoom(8L * MEGA)));
  }

  @Test
  void stopsABodyOfUnknownLengthAtTheLimit() {
    Answer answer = answer(window.reserve().join()).head(200, null);
    for (int mega = 1; mega <= 24; mega++) {
      answer.part(MEGA);
    }
    assertThat(answer.cancelled, is(false));
    answer.part(1);

    assertThat(answer.cancelled, is(true));
    assertThat(answer.received.join(), is(instanceOf(WholeBody.TooLong.class)));
  }

  /** A closed share refuses what it is asked: it is not asked. */
  @Test
  void takesNoMoreRoomThanTheHeadSaysHoweverManyPartsCome() {
    ByteWindow.Share room = window.reserve().join();
    Answer answer = answer(room).head(200, 3L * MEGA);
    room.close();

    answer.part(MEGA).part(2 * MEGA).end();

    assertThat(answer.received.join(), is(instanceOf(WholeBody.Ended.class)));
  }

  /** What came goes into the next try, and the room is that one's. */
  @Test
  void doesNotEndAfterItWasGivenUp() {
    ByteWindow.Share room = window.reserve().join();
    Answer answer = answer(room).head(200, null).part(MEGA);
    PartialBody came = requireNonNull(answer.body.stop());
    long reserved = window.reserved();

    answer.part(MEGA).end();

    assertThat(answer.received.isDone(), is(false));
    assertThat(came.length(), is(MEGA));
    assertThat(window.reserved(), is(reserved));
  }

  @Test
  void cancelsAnAnswerThatBeginsAfterItWasGivenUp() {
    Answer answer = answer(window.reserve().join());
    assertThat(answer.body.stop(), is(nullValue()));

    answer.head(200, 10L);

    assertThat(answer.cancelled, is(true));
    assertThat(answer.requested, is(0L));
    assertThat(answer.received.isCompletedExceptionally(), is(true));
    assertThat(answer.body.stop(), is(nullValue()));
  }

  @Test
  void dropsWhatCameBeforeWhenTheWholeIsSent() {
    Assembly assembly = new Assembly(S3Uri.parse("s3://bucket/key"), LIMIT, window.longest());
    ByteWindow.Share room = window.reserve().join();
    WeakReference<PartialBody> before = brokenOff(assembly, room);
    assertThat(assembly.request(assembly.trace()).range(), is("bytes=1000-"));
    WholeBody second = assembly.body(room);
    System.gc();
    assertThat("it is kept until an answer comes", before.get() == null, is(false));

    Answer answer = new Answer(second).head(200, (long) MEGA);
    System.gc();

    assertThat(before.get(), is(nullValue()));
    assertThat(requireNonNull(second.stop()).length(), is(0));
    assertThat(answer.cancelled, is(false));
  }

  private static WeakReference<PartialBody> brokenOff(Assembly assembly, ByteWindow.Share room) {
    CallTrace trace = assembly.trace();
    assembly.request(trace);
    WholeBody first = assembly.body(room);
    new Answer(first).head(200, (long) MEGA).part(1000);
    WeakReference<PartialBody> came = new WeakReference<>(first.stop());
    assertThrows(
        FetchException.class,
        () -> assembly.brokenOff(first, new java.net.SocketException("reset"), trace, () -> {}));
    return came;
  }
}
