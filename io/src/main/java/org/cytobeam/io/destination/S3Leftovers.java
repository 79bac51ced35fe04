package org.cytobeam.io.destination;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The multipart uploads that runs have left when they were killed, or never knew of because the
 * reply was lost. S3 keeps their parts, and has them paid for, until somebody aborts them.
 *
 * <p>S3 doesn't tell which program began an upload. One counts as left if its key is in {@link
 * Destination#RECORDS}, where only runs write, it was begun before this run, and no other run is
 * alive. What is elsewhere may be another program's, whatever its age, and is never touched.
 *
 * <p>Ages are compared, that of an upload by the server's clock and that of the run by its own, so
 * that the two need not agree.
 */
final class S3Leftovers {

  /** Refused, or not known to a server that speaks a part of S3 alone. */
  private static final Set<Integer> NOT_TO_BE_HAD = Set.of(403, 404, 405, 501);

  private static final Logger LOG = LoggerFactory.getLogger(S3Leftovers.class);

  /** A plate may have many output folders: what rights are missing is told of the first. */
  private static final AtomicBoolean RIGHTS_ARE_TOLD = new AtomicBoolean();

  /** Where the next page of a listing begins. */
  private record Marker(String key, @Nullable String upload) {}

  private final S3Calls calls;
  private final RunLocks locks;
  private final RunId own;

  /**
   * Creates a view of what others have left.
   *
   * @param own the run that began last
   */
  S3Leftovers(S3Calls calls, RunLocks locks, RunId own) {
    this.calls = calls;
    this.locks = locks;
    this.own = own;
  }

  /**
   * Aborts what is left below a folder; does nothing where the server doesn't list uploads, or not
   * for these credentials.
   *
   * @return how many uploads were aborted
   * @throws NoSuchBucketException if there is no bucket
   */
  long remove(FilePath folder) throws IOException {
    if (folder.isIn(FilePath.RECORDS)) {
      return removeIn(folder);
    }
    return FilePath.RECORDS.isIn(folder) ? removeIn(FilePath.RECORDS) : 0;
  }

  private long removeIn(FilePath folder) throws IOException {
    long removed = 0;
    try {
      // Runs are looked at after their uploads were seen, because each takes its lock before.
      List<MultipartUpload> left = left(calls.where().keysIn(folder));
      if (left.isEmpty() || isAnotherAlive()) {
        return 0;
      }
      for (MultipartUpload upload : left) {
        removed += abort(upload) ? 1 : 0;
      }
    } catch (NoSuchBucketException e) {
      throw e;
    } catch (IOException e) {
      if (!(e.getCause() instanceof S3Exception refusal)
          || !NOT_TO_BE_HAD.contains(refusal.statusCode())) {
        throw e;
      }
      tell(refusal);
    }
    return removed;
  }

  private void tell(S3Exception refusal) {
    if (refusal.statusCode() == 403 && RIGHTS_ARE_TOLD.compareAndSet(false, true)) {
      LOG.warn(
          "Uploads that killed runs may have left below {} stay there: removing them needs"
              + " s3:ListBucketMultipartUploads and s3:AbortMultipartUpload",
          calls.where());
    }
    LOG.debug("No uploads are removed below {}", calls.where(), refusal);
  }

  private boolean isAnotherAlive() throws IOException {
    for (RunId run : locks.runs()) {
      if (!run.equals(own) && locks.isHeld(run)) {
        return true;
      }
    }
    return false;
  }

  /** Reads page after page; a server that begins one again has no more to tell. */
  private List<MultipartUpload> left(String prefix) throws IOException {
    List<MultipartUpload> left = new ArrayList<>();
    Set<Marker> begun = new HashSet<>();
    Marker next = null;
    do {
      ListMultipartUploadsResponse page = page(prefix, next);
      Instant now = S3Calls.serverTime(page);
      for (MultipartUpload upload : page.uploads()) {
        if (upload.initiated() != null && upload.key().startsWith(prefix) && isLeft(upload, now)) {
          left.add(upload);
        }
      }
      next = next(page);
    } while (next != null && begun.add(next));
    return left;
  }

  private static @Nullable Marker next(ListMultipartUploadsResponse page) {
    return Objects.equals(page.isTruncated(), true) && page.nextKeyMarker() != null
        ? new Marker(page.nextKeyMarker(), page.nextUploadIdMarker())
        : null;
  }

  private ListMultipartUploadsResponse page(String prefix, @Nullable Marker from)
      throws IOException {
    ListMultipartUploadsRequest.Builder request =
        ListMultipartUploadsRequest.builder().bucket(calls.where().bucket()).prefix(prefix);
    if (from != null) {
      request.keyMarker(from.key()).uploadIdMarker(from.upload());
    }
    return calls.call(prefix, s3 -> s3.listMultipartUploads(request.build()));
  }

  private boolean isLeft(MultipartUpload upload, Instant now) {
    Duration age = Duration.between(upload.initiated(), now);
    return age.compareTo(Duration.between(own.start(), Instant.now())) > 0;
  }

  private boolean abort(MultipartUpload upload) throws IOException {
    AbortMultipartUploadRequest request =
        AbortMultipartUploadRequest.builder()
            .bucket(calls.where().bucket())
            .key(upload.key())
            .uploadId(upload.uploadId())
            .build();
    try {
      calls.call(upload.key(), s3 -> s3.abortMultipartUpload(request));
      return true;
    } catch (NoSuchFileException e) {
      // It has gone already.
      return false;
    }
  }
}
