package org.cytobeam.io.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.ranges.ByteTaker;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object in one stream, from a server that sends no ranges. When the stream breaks the whole is
 * asked for again, and what was handed on is passed over: the ETag says that it is the same.
 */
final class WholeStream {

  private static final int BUFFER = 1 << 18;

  private final S3Host host;
  private final S3Uri address;
  private final ObjectHead head;
  private final Tries tries;
  private final byte[] buffer = new byte[BUFFER];
  private long handedOn;
  private int attempts;

  WholeStream(S3Host host, S3Uri address, ObjectHead head) {
    this.host = host;
    this.address = address;
    this.head = head;
    this.tries = new Tries(host.settings(), host.limit(), host.random());
  }

  /**
   * Hands on what is behind an offset.
   *
   * @return how many requests it took
   */
  int copy(long from, ByteTaker taker) throws IOException {
    handedOn = from;
    while (!copied(taker)) {
      pause();
    }
    return attempts;
  }

  /** Returns whether all has been handed on; if not, it is worth another try. */
  private boolean copied(ByteTaker taker) throws IOException {
    S3Call<?, ResponseInputStream<GetObjectResponse>> call =
        S3Call.start(host, address, new StreamQuestion(address, head));
    ResponseInputStream<GetObjectResponse> in = Waiting.on(call, address.toString());
    attempts += call.requests();
    boolean ended = false;
    try {
      long passedOver = 0;
      while (true) {
        int count;
        try {
          count = read(in, passedOver);
        } catch (IOException | RuntimeException e) {
          checkAgain(e);
          return false;
        }
        if (count < 0) {
          ended = true;
          return true;
        }
        if (passedOver < handedOn) {
          passedOver += count;
        } else {
          taker.take(buffer, 0, count);
          handedOn += count;
          passedOver += count;
        }
      }
    } finally {
      if (!ended) {
        in.abort();
      }
    }
  }

  /** Reads no further than to where handing on begins, and no further than the promised end. */
  private int read(InputStream in, long position) throws IOException {
    long most = position < handedOn ? handedOn - position : BUFFER;
    int count = in.read(buffer, 0, (int) Math.min(BUFFER, most));
    Long promised = head.length();
    if (count < 0 && promised != null && position < promised) {
      throw new EOFException("ended after " + position + " of " + promised + " bytes");
    }
    if (count < 0 && position < handedOn) {
      throw new EOFException("ended after " + position + " bytes, having had " + handedOn);
    }
    return count;
  }

  private void checkAgain(Exception broken) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw Waiting.interrupted(address.toString(), new InterruptedException());
    }
    FetchException failure = S3Failures.of(address.toString(), broken, true, attempts);
    if (failure.reason() == Reason.FAILED || !head.isStrong() && handedOn > 0) {
      throw failure;
    }
    if (!tries.again(failure, host.settings().callTimeout())) {
      throw failure;
    }
  }

  private void pause() throws IOException {
    try {
      Thread.sleep(tries.pause().toMillis());
    } catch (InterruptedException e) {
      throw Waiting.interrupted(address.toString(), e);
    }
  }
}
