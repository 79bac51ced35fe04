package org.cytobeam.io.destination;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Run locks as objects that are renewed for as long as the run lives. */
final class S3RunLocks implements RunLocks {

  static final Duration RENEWAL = Duration.ofSeconds(15);

  /** Outlives three renewals that failed, so that a short outage of the server frees no lock. */
  static final Duration LIFE = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(S3RunLocks.class);

  private final S3Calls calls;
  private final S3Listing listing;
  private final Ticker ticker;

  S3RunLocks(S3Calls calls, Ticker ticker) {
    this.calls = calls;
    this.listing = new S3Listing(calls);
    this.ticker = ticker;
  }

  @Override
  public RunLock acquire(RunId run) throws IOException {
    String key = key(run);
    if (calls.head(key).isPresent()) {
      throw new FileAlreadyExistsException(calls.where() + "/" + FilePath.runLock(run));
    }
    renew(key);
    return new RenewedLock(run, key);
  }

  @Override
  public boolean isHeld(RunId run) throws IOException {
    Optional<HeadObjectResponse> lock = calls.head(key(run));
    return lock.isPresent()
        && lock.get().lastModified().plus(LIFE).isAfter(S3Calls.serverTime(lock.get()));
  }

  @Override
  public Duration deathShowsWithin() {
    return LIFE;
  }

  @Override
  public List<RunId> runs() throws IOException {
    return listing.foldersIn(FilePath.RUNS).stream()
        .filter(RunId::isRunId)
        .map(RunId::new)
        .toList();
  }

  private String key(RunId run) {
    return calls.where().key(FilePath.runLock(run));
  }

  private void renew(String key) throws IOException {
    byte[] now = (Instant.now() + "\n").getBytes(UTF_8);
    S3Upload.put(calls, key, now, Proof.of(now));
  }

  private final class RenewedLock implements RunLock {

    private final RunId run;
    private final String key;
    private final Ticker.Tick tick;
    private boolean closed;

    RenewedLock(RunId run, String key) {
      this.run = run;
      this.key = key;
      this.tick = ticker.every(RENEWAL, this::renewInTime);
    }

    @Override
    public RunId run() {
      return run;
    }

    private synchronized void renewInTime() {
      if (closed) {
        return;
      }
      try {
        renew(key);
      } catch (IOException | RuntimeException e) {
        LOG.warn(
            "The lock of run {} could not be renewed; trying again in {} s",
            run,
            RENEWAL.toSeconds(),
            e);
      }
    }

    /** Waits for a renewal under way, so that it can't bring the lock back. */
    @Override
    public synchronized void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      tick.close();
      DeleteObjectRequest request =
          DeleteObjectRequest.builder().bucket(calls.where().bucket()).key(key).build();
      calls.call(key, s3 -> s3.deleteObject(request));
    }
  }
}
