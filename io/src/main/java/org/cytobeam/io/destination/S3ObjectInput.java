package org.cytobeam.io.destination;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Reads an object in ranges, each a request that the client repeats by itself, so that a slow
 * reader meets no time-out. All are of the same object: if it is replaced meanwhile, reading fails.
 */
final class S3ObjectInput extends InputStream {

  private static final int RANGE_BYTES = 8 << 20;

  private final S3Calls calls;
  private final String key;
  private final HeadObjectResponse head;
  private byte[] range = new byte[0];
  private int position;
  private long fetched;

  S3ObjectInput(S3Calls calls, String key, HeadObjectResponse head) {
    this.calls = calls;
    this.key = key;
    this.head = head;
  }

  @Override
  public int read() throws IOException {
    return fill() ? range[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, range.length - position);
    System.arraycopy(range, position, bytes, offset, n);
    position += n;
    return n;
  }

  /** Returns whether there is a byte at the position. */
  private boolean fill() throws IOException {
    if (position < range.length) {
      return true;
    }
    long rest = head.contentLength() - fetched;
    if (rest <= 0) {
      return false;
    }
    int wanted = (int) Math.min(rest, RANGE_BYTES);
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(calls.where().bucket())
            .key(key)
            .ifMatch(head.eTag())
            .range("bytes=" + fetched + "-" + (fetched + wanted - 1))
            .build();
    range =
        calls
            .call(key, s3 -> s3.getObject(request, AsyncResponseTransformer.toBytes()))
            .asByteArrayUnsafe();
    if (range.length != wanted) {
      throw new IOException(key + ": " + wanted + " bytes were asked for, not " + range.length);
    }
    position = 0;
    fetched += wanted;
    return true;
  }
}
