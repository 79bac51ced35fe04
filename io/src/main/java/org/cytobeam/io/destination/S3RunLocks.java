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
  public RunLock join(RunId run) throws IOException {
    if (!isHeld(run)) {
      throw new UnknownRunException(run, calls.where().toString());
    }
    return new JoinedLock(run, key(run));
  }

  @Override
  public boolean isHeld(RunId run) throws IOException {
    Optional<HeadObjectResponse> lock = calls.head(key(run));
    return lock.isPresent() && isYoungerThan(LIFE, lock.get());
  }

  private static boolean isYoungerThan(Duration age, HeadObjectResponse lock) {
    return lock.lastModified().plus(age).isAfter(S3Calls.serverTime(lock));
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

  /** Renews a lock as long as it is held. */
  private abstract class TickingLock implements RunLock {

    final String key;
    private final RunId run;
    private final Ticker.Tick tick;
    private boolean closed;

    TickingLock(RunId run, String key) {
      this.run = run;
      this.key = key;
      this.tick = ticker.every(RENEWAL, this::renewInTime);
    }

    /** Renews the lock if that is due. */
    abstract void renew() throws IOException;

    /** Is called once, after the last renewal. */
    abstract void end() throws IOException;

    @Override
    public final RunId run() {
      return run;
    }

    private synchronized void renewInTime() {
      if (closed) {
        return;
      }
      try {
        renew();
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
    public final synchronized void close() throws IOException {
      if (!closed) {
        leave();
        end();
      }
    }

    @Override
    public final synchronized void leave() {
      if (!closed) {
        closed = true;
        tick.close();
      }
    }
  }

  private final class RenewedLock extends TickingLock {

    RenewedLock(RunId run, String key) {
      super(run, key);
    }

    @Override
    void renew() throws IOException {
      S3RunLocks.this.renew(key);
    }

    @Override
    void end() throws IOException {
      DeleteObjectRequest request =
          DeleteObjectRequest.builder().bucket(calls.where().bucket()).key(key).build();
      calls.call(key, s3 -> s3.deleteObject(request));
    }
  }

  /** Renews what nobody else has renewed; a lock that is gone stays gone, for the run has ended. */
  private final class JoinedLock extends TickingLock {

    JoinedLock(RunId run, String key) {
      super(run, key);
    }

    @Override
    void renew() throws IOException {
      Optional<HeadObjectResponse> lock = calls.head(key);
      if (lock.isPresent() && !isYoungerThan(RENEWAL, lock.get())) {
        S3RunLocks.this.renew(key);
      }
    }

    @Override
    void end() {
      // The one that began the run removes the lock.
    }
  }
}
