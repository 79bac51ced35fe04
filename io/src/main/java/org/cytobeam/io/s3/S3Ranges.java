package org.cytobeam.io.s3;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.cytobeam.io.ranges.RangeSource;

/** The ranges of one object as it was when its head was asked for. */
final class S3Ranges implements RangeSource {

  private final S3Host host;
  private final S3Uri address;
  private final ObjectHead head;
  private final long size;
  private final AtomicInteger repeated = new AtomicInteger();

  S3Ranges(S3Host host, S3Uri address, ObjectHead head, long size) {
    this.host = host;
    this.address = address;
    this.head = head;
    this.size = size;
  }

  @Override
  public CompletableFuture<Integer> fetch(long offset, byte[] target, int length) {
    RangeQuestion question = new RangeQuestion(address, head, size, offset, target, length);
    S3Call<?, Integer> call = S3Call.start(host, address, question);
    var unused =
        call.whenComplete((bytes, failure) -> repeated.addAndGet(Math.max(0, call.requests() - 1)));
    return call;
  }

  /** Returns how many requests had to be sent again. */
  int repeated() {
    return repeated.get();
  }
}
