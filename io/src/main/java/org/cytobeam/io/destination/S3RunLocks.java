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
    if (calls.head(key(run)).isEmpty()) {
      throw new UnknownRunException(run, calls.where().toString());
    }
    return new JoinedLock(run, key(run));
  }

  @Override
  public boolean isHeld(RunId run) throws IOException {
    return isThere(key(run), LIFE) || isThere(leftKey(run), LEFT_ALONE);
  }

  /** Whether there is an object that was written not longer ago than that. */
  private boolean isThere(String key, Duration age) throws IOException {
    Optional<HeadObjectResponse> object = calls.head(key);
    return object.isPresent() && isYoungerThan(age, object.get());
  }

  @Override
  public void end(RunId run) throws IOException {
    if (calls.head(leftKey(run)).isPresent()) {
      delete(key(run));
      delete(leftKey(run));
    }
  }

  private void delete(String key) throws IOException {
    DeleteObjectRequest request =
        DeleteObjectRequest.builder().bucket(calls.where().bucket()).key(key).build();
    calls.call(key, s3 -> s3.deleteObject(request));
  }

  private String leftKey(RunId run) {
    return calls.where().key(FilePath.runLeft(run));
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

    /** Is called after the last renewal, when the run has ended for who holds this. */
    abstract void end() throws IOException;

    /** Is called after the last renewal, when the run goes on elsewhere. */
    abstract void leaveToOthers() throws IOException;

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
      if (stop()) {
        end();
      }
    }

    @Override
    public final synchronized void leave() throws IOException {
      if (stop()) {
        leaveToOthers();
      }
    }

    /** Returns whether this ended it. */
    private boolean stop() {
      boolean wasOpen = !closed;
      closed = true;
      tick.close();
      return wasOpen;
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
      delete(key);
    }

    @Override
    void leaveToOthers() throws IOException {
      S3RunLocks.this.renew(leftKey(run()));
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

    /** Says when the last process went that worked for a run which was left to others. */
    @Override
    void end() throws IOException {
      if (calls.head(leftKey(run())).isPresent()) {
        S3RunLocks.this.renew(leftKey(run()));
      }
    }

    @Override
    void leaveToOthers() throws IOException {
      end();
    }
  }
}
