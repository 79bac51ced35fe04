package org.cytobeam.io.destination;

import static org.cytobeam.io.destination.S3Destination.SHA256_METADATA;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.cytobeam.io.bytes.Hash;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * The bytes of one object on their way to S3: one PUT up to {@link #PART_BYTES}, a multipart upload
 * beyond, with one part in memory. Nothing is there before {@link #finish}; closing before it
 * aborts the upload. Every body goes with its MD5, so that S3 refuses one damaged on the way.
 */
final class S3Upload extends OutputStream implements Closeable {

  /** S3 takes parts of 5 MiB and more, the last excepted. */
  static final int PART_BYTES = 8 << 20;

  /** The limit of the Amazon S3 User Guide, "Amazon S3 multipart upload limits". */
  private static final int MAX_PARTS = 10_000;

  private final S3Calls calls;
  private final String key;
  private final List<CompletedPart> parts = new ArrayList<>();
  private final MessageDigest partHashes = Hash.MD5.digest();
  private byte[] part = new byte[1 << 16];
  private int filled;
  private @Nullable String upload;

  S3Upload(S3Calls calls, String key) {
    this.calls = calls;
    this.key = key;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      if (filled == PART_BYTES) {
        sendPart();
      }
      int step = Math.min(length - done, PART_BYTES - filled);
      makeRoom(step);
      System.arraycopy(bytes, offset + done, part, filled, step);
      filled += step;
      done += step;
    }
  }

  /** Puts the object in its place, whole. */
  void finish(Proof proof) throws IOException {
    if (upload == null) {
      put(calls, key, Arrays.copyOf(part, filled), proof);
      return;
    }
    sendPart();
    complete(upload, proof);
    upload = null;
  }

  /** Puts an object in one request. */
  static void put(S3Calls calls, String key, byte[] bytes, Proof proof) throws IOException {
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(calls.where().bucket())
            .key(key)
            .contentMD5(base64(Hash.MD5.of(bytes)))
            .metadata(Map.of(SHA256_METADATA, proof.sha256()))
            .build();
    calls.call(key, s3 -> s3.putObject(request, AsyncRequestBody.fromBytesUnsafe(bytes)));
  }

  /** Aborts the upload, if it has not come to its end. */
  @Override
  public void close() throws IOException {
    if (upload == null) {
      return;
    }
    AbortMultipartUploadRequest request =
        AbortMultipartUploadRequest.builder()
            .bucket(calls.where().bucket())
            .key(key)
            .uploadId(upload)
            .build();
    upload = null;
    try {
      calls.call(key, s3 -> s3.abortMultipartUpload(request));
    } catch (NoSuchFileException e) {
      // It has gone already.
    }
  }

  private void makeRoom(int more) {
    if (filled + more > part.length) {
      part = Arrays.copyOf(part, Math.min(PART_BYTES, Math.max(filled + more, 2 * part.length)));
    }
  }

  private void sendPart() throws IOException {
    if (parts.size() == MAX_PARTS) {
      throw new IOException(key + " is larger than " + (long) MAX_PARTS * PART_BYTES + " bytes");
    }
    byte[] body = filled == part.length ? part : Arrays.copyOf(part, filled);
    byte[] hash = Hash.MD5.of(body);
    int number = parts.size() + 1;
    UploadPartRequest request =
        UploadPartRequest.builder()
            .bucket(calls.where().bucket())
            .key(key)
            .uploadId(begin())
            .partNumber(number)
            .contentMD5(base64(hash))
            .build();
    var sent =
        calls.call(key, s3 -> s3.uploadPart(request, AsyncRequestBody.fromBytesUnsafe(body)));
    parts.add(CompletedPart.builder().partNumber(number).eTag(sent.eTag()).build());
    partHashes.update(hash);
    filled = 0;
  }

  private String begin() throws IOException {
    if (upload == null) {
      CreateMultipartUploadRequest request =
          CreateMultipartUploadRequest.builder().bucket(calls.where().bucket()).key(key).build();
      upload = calls.call(key, s3 -> s3.createMultipartUpload(request)).uploadId();
    }
    return upload;
  }

  private void complete(String id, Proof proof) throws IOException {
    CompleteMultipartUploadRequest request =
        CompleteMultipartUploadRequest.builder()
            .bucket(calls.where().bucket())
            .key(key)
            .uploadId(id)
            .multipartUpload(completed -> completed.parts(parts))
            .build();
    try {
      calls.call(key, s3 -> s3.completeMultipartUpload(request));
    } catch (NoSuchFileException e) {
      // The reply to an earlier attempt may have been lost: then the object is there.
      HeadObjectResponse there = calls.head(key).orElseThrow(() -> e);
      String etag = "\"" + Hash.hex(partHashes) + "-" + parts.size() + "\"";
      if (there.contentLength() != proof.size() || !etag.equals(there.eTag())) {
        throw e;
      }
    }
  }

  private static String base64(byte[] hash) {
    return Base64.getEncoder().encodeToString(hash);
  }
}
