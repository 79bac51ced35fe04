package org.cytobeam.transforms.images;

import java.io.Closeable;
import java.io.IOException;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.s3.S3ObjectLister;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.transforms.flow.Breaker;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.s3.FetchFailures;

/**
 * What all instances of the step that looks for objects one by one share in a process: the
 * connections, and what the bucket's answers so far tell about the bucket. Safe for use by several
 * threads.
 */
final class LookSession implements Closeable {

  /** So many refusals and nothing else concern the credentials, not the objects. */
  static final int MOST_REFUSED = 20;

  /** What is looked at, and how. */
  private record Place(String bucket, String prefix, S3Settings s3) {}

  private static final Shared<Place, LookSession> OPEN = new Shared<>(LookSession::new);

  private final Place place;
  private final Shared.Lease<S3ObjectLister> lister;
  private final Breaker breaker = new Breaker(Breaker.DEFAULT_LIMIT);
  private boolean hasAnswered;
  private int refused;
  private boolean bucketIsThere;

  private LookSession(Place place) throws IOException {
    this.place = place;
    this.lister = SharedListers.lease(place.s3());
  }

  /** Returns a lease; it must be closed. */
  static Shared.Lease<LookSession> lease(MatchRules rules, S3Settings s3) throws IOException {
    return OPEN.lease(new Place(rules.bucket(), rules.prefix(), s3));
  }

  S3ObjectLister lister() {
    return lister.get();
  }

  /** Notes that the bucket said of an object that it is there, or that it isn't. */
  void answered() {
    breaker.answered();
    synchronized (this) {
      hasAnswered = true;
    }
  }

  /**
   * Notes that the bucket said nothing of an object.
   *
   * @throws RunAbortedException if it won't say anything of others either
   */
  void unanswered(FetchException e) throws RunAbortedException {
    if (ObjectAnswers.concernsAll(e.reason())) {
      throw ObjectAnswers.aborted(e, place.s3());
    }
    if (FetchFailures.sourceIsIll(e.reason())) {
      breaker.transientFailure(String.valueOf(e.getMessage()));
    } else {
      breaker.answered();
    }
    if (ObjectAnswers.mayConcernAll(e.reason()) && refusesAll()) {
      throw ObjectAnswers.aborted(e, place.s3());
    }
  }

  private synchronized boolean refusesAll() {
    refused++;
    return !hasAnswered && refused >= MOST_REFUSED;
  }

  /**
   * Makes sure, once, that there is a bucket: the answer about an object that is missing doesn't
   * tell. Credentials that may read objects need not be allowed to list them; then nothing is
   * known.
   *
   * @return how many requests that took
   * @throws RunAbortedException if there is none
   */
  synchronized long lookForBucket() throws IOException {
    if (bucketIsThere) {
      return 0;
    }
    long requests = 1;
    try {
      requests = lister().list(place.bucket(), place.prefix(), "", object -> false);
    } catch (FetchException e) {
      if (e.reason() != FetchException.Reason.DENIED) {
        throw ObjectAnswers.aborted(e, place.s3());
      }
    }
    bucketIsThere = true;
    return requests;
  }

  @Override
  public void close() throws IOException {
    lister.close();
  }
}
