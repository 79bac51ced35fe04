package org.cytobeam.io.s3;

import java.io.IOException;
import java.io.OutputStream;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.Integrity;
import org.cytobeam.io.limits.ByteWindow;
import org.cytobeam.io.ranges.ByteTaker;
import org.cytobeam.io.ranges.NoRangesException;
import org.cytobeam.io.ranges.OrderedRanges;

/** One object on its way through memory: its bytes are proved while they are handed on. */
final class ObjectRead implements ByteTaker {

  /** What is proved and written at once stays in the processor's cache. */
  private static final int PIECE = 1 << 17;

  private final S3Host host;
  private final S3Uri address;
  private final ObjectHead head;
  private final ObjectProof proof;
  private final OutputStream out;
  private long handedOn;
  private int repeated;

  ObjectRead(S3Host host, S3Uri address, ObjectHead head, OutputStream out) {
    this.host = host;
    this.address = address;
    this.head = head;
    this.proof = new ObjectProof(address.bucket(), head);
    this.out = out;
  }

  /** Hands on all bytes, and returns what they are proved by. */
  ReadObject read(RangePlan plan, ByteWindow room) throws IOException {
    Long length = head.length();
    if (length == null) {
      inOneStream();
    } else if (length > 0) {
      inRanges(length, plan.within(length, room.longest() / 2), room);
    }
    return new ReadObject(handedOn, head.etag(), proven(), 1 + repeated, head.contentEncoding());
  }

  private void inRanges(long length, RangePlan plan, ByteWindow room) throws IOException {
    S3Ranges ranges = new S3Ranges(host, address, head, length);
    try (ByteWindow.Share share = Waiting.on(room.reserve(plan.bytes()), address.toString())) {
      new OrderedRanges(ranges, plan.inFlight(), plan.rangeBytes()).copy(0, length, this);
      share.arrived();
    } catch (NoRangesException e) {
      inOneStream();
    } finally {
      repeated += ranges.repeated();
    }
  }

  private void inOneStream() throws IOException {
    repeated += new WholeStream(host, address, head).copy(handedOn, this) - 1;
  }

  @Override
  public void take(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; done += PIECE) {
      int piece = Math.min(PIECE, length - done);
      proof.update(bytes, offset + done, piece);
      out.write(bytes, offset + done, piece);
      handedOn += piece;
    }
  }

  private Integrity proven() throws FetchException {
    try {
      return proof.check();
    } catch (DamagedException e) {
      throw failure(e.reason(), String.valueOf(e.getMessage()));
    }
  }

  private FetchException failure(Reason reason, String what) {
    return new FetchException(reason, address.toString(), what, 1 + repeated, null);
  }
}
