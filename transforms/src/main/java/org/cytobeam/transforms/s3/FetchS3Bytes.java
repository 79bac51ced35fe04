package org.cytobeam.transforms.s3;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.flow.Stopwatch;
import org.cytobeam.transforms.outcome.DoneRule;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.RunCounters;
import org.cytobeam.transforms.outcome.RunSettings;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the bytes of each pending item, whole and checked, from S3 or from a local file.
 *
 * <p>Right before a request the step looks whether the item is done already and proven; then
 * nothing is fetched. An item that can't be had becomes a failed outcome. Credentials that have
 * expired, or too many transient failures in a row, end the run with what is pending still pending.
 *
 * <p>Several requests of a bundle are in flight at once, as many as the window allows; items come
 * out in the order in which their bytes arrive, the last ones when the bundle ends. One output.
 */
@AutoValue
public abstract class FetchS3Bytes extends PTransform<PCollection<Outcome>, PCollection<Outcome>> {

  /** The name of the step in failures and times. */
  public static final String STEP = "FetchS3Bytes";

  /** How long an object may be if nothing else is said: far beyond any single image. */
  public static final long DEFAULT_MAX_BYTES = 1L << 30;

  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;
  private static final int DEFAULT_IN_FLIGHT = 8;

  abstract RunSettings run();

  abstract S3Settings s3();

  abstract long maxBytes();

  abstract int inFlight();

  abstract boolean sourceKept();

  abstract DoneRule doneRule();

  abstract Duration betweenTasks();

  abstract Builder toBuilder();

  /** Sets the fields. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setRun(RunSettings run);

    abstract Builder setS3(S3Settings s3);

    abstract Builder setMaxBytes(long maxBytes);

    abstract Builder setInFlight(int inFlight);

    abstract Builder setSourceKept(boolean kept);

    abstract Builder setDoneRule(DoneRule rule);

    abstract Builder setBetweenTasks(Duration longest);

    abstract FetchS3Bytes build();
  }

  /** Returns a step of a run, which knows from the run's output folder what is done. */
  public static FetchS3Bytes of(RunSettings run, S3Settings s3) {
    return new AutoValue_FetchS3Bytes.Builder()
        .setRun(run)
        .setS3(s3)
        .setMaxBytes(DEFAULT_MAX_BYTES)
        .setInFlight(DEFAULT_IN_FLIGHT)
        .setSourceKept(false)
        .setDoneRule(DoneRule.none())
        .setBetweenTasks(Duration.ZERO)
        .build();
  }

  /** Sets how long an object may be, from 1 byte to what fits in an array. */
  public FetchS3Bytes withMaxBytes(long maxBytes) {
    if (maxBytes < 1 || maxBytes > LONGEST_ARRAY) {
      throw new IllegalArgumentException("maxBytes is " + maxBytes + ", not 1 to " + LONGEST_ARRAY);
    }
    return toBuilder().setMaxBytes(maxBytes).build();
  }

  /** Sets how many requests of one bundle are in flight at once. */
  public FetchS3Bytes withInFlight(int inFlight) {
    if (inFlight < 1) {
      throw new IllegalArgumentException("at least 1 request must be in flight");
    }
    return toBuilder().setInFlight(inFlight).build();
  }

  /** Sets whether an item is done only if its source is kept beside it, see KeepSourceBytes. */
  public FetchS3Bytes withSourceKept(boolean kept) {
    return toBuilder().setSourceKept(kept).build();
  }

  /** Sets what is asked of an item that was done before; none by default. */
  public FetchS3Bytes withDoneRule(DoneRule rule) {
    return toBuilder().setDoneRule(rule).build();
  }

  /**
   * Sets for how long a process may be without the step before it gets it again, as where a runner
   * makes it anew for each of many tasks: connections and what is known to be done are kept.
   */
  public FetchS3Bytes withKeptBetweenTasks(Duration longest) {
    return toBuilder().setBetweenTasks(longest).build();
  }

  @Override
  public PCollection<Outcome> expand(PCollection<Outcome> items) {
    return items.apply("FetchUnlessDone", ParDo.of(new FetchFn(this)));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("maxBytes", maxBytes()).withLabel("Longest object, in bytes"))
        .add(DisplayData.item("inFlight", inFlight()).withLabel("Requests in flight, a bundle"))
        .add(DisplayData.item("check", run().check().name()).withLabel("Proof of what is done"));
  }

  private static final class FetchFn extends DoFn<Outcome, Outcome> {

    private static final long serialVersionUID = 1L;

    private final FetchSettings settings;
    private final int inFlight;
    private final boolean sourceKept;
    private final Counter fetched = RunCounters.of(RunCounters.ITEMS_FETCHED);
    private final Counter bytesFetched = RunCounters.of(RunCounters.BYTES_FETCHED);
    private final Counter retries = RunCounters.of(RunCounters.RETRIES);
    private final Counter alreadyDone = RunCounters.of(RunCounters.ITEMS_ALREADY_DONE);
    private transient Shared.@Nullable Lease<FetchSession> lease;
    private transient @Nullable OpenRequests<FetchedBytes> requests;

    FetchFn(FetchS3Bytes step) {
      this.settings =
          new FetchSettings(
              step.run(), step.s3(), step.maxBytes(), step.doneRule(), step.betweenTasks());
      this.inFlight = step.inFlight();
      this.sourceKept = step.sourceKept();
    }

    @Setup
    public void open() throws IOException {
      Shared.Lease<FetchSession> session = FetchSession.lease(settings);
      lease = session;
      if (settings.run().destination().joins()) {
        session.get().done().lookAgain();
      }
    }

    @StartBundle
    public void start() {
      abandonRequests();
      requests = new OpenRequests<>(FetchedBytes::taken);
    }

    @ProcessElement
    public void process(
        @Element Outcome outcome,
        @Timestamp Instant timestamp,
        BoundedWindow window,
        OutputReceiver<Outcome> out)
        throws IOException {
      if (!outcome.isPending()) {
        out.output(outcome);
      } else if (session().done().proves(outcome.getItem(), filesBeside(outcome))) {
        alreadyDone.inc();
        session().itemBytes().seen(0);
        out.output(outcome.alreadyDone());
      } else {
        if (requests().count() >= inFlight) {
          OpenRequests.Request<FetchedBytes> first = requests().next();
          out.outputWithTimestamp(ended(first), first.timestamp());
        }
        Stopwatch watch = new Stopwatch();
        CompletableFuture<FetchedBytes> answer =
            session().fetcher().fetch(outcome.getItem().getUri());
        requests().add(new OpenRequests.Request<>(outcome, answer, watch, timestamp, window));
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext context) throws IOException {
      while (requests().count() > 0) {
        OpenRequests.Request<FetchedBytes> request = requests().next();
        context.output(ended(request), request.timestamp(), request.window());
      }
    }

    private List<String> filesBeside(Outcome outcome) {
      return sourceKept ? List.of(KeepSourceBytes.path(outcome.getItem())) : List.of();
    }

    private Outcome ended(OpenRequests.Request<FetchedBytes> request) throws IOException {
      try {
        FetchedBytes bytes = request.answer().get();
        session().breaker().answered();
        bytes.taken();
        return withBytes(request, bytes);
      } catch (ExecutionException e) {
        return failed(
            request.outcome(), FetchException.of(request.outcome().getItem().getUri(), e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while fetching", e);
      }
    }

    private Outcome withBytes(OpenRequests.Request<FetchedBytes> request, FetchedBytes bytes) {
      fetched.inc();
      bytesFetched.inc(bytes.bytes().length);
      session().itemBytes().seen(bytes.bytes().length);
      retries.inc(bytes.attempts() - 1L);
      Facts facts =
          request.outcome().getFacts().toBuilder()
              .setEtag(bytes.identity().isEmpty() ? null : bytes.identity())
              .setIntegrity(bytes.integrity().name().toLowerCase(Locale.ROOT))
              .setSourceBytes(bytes.bytes().length)
              .setAttempts(bytes.attempts())
              .build()
              .withMillis(STEP, request.watch().millis());
      return request.outcome().withBytes(bytes.bytes(), facts);
    }

    private Outcome failed(Outcome outcome, FetchException e) throws IOException {
      Outcome failed = FetchFaults.failed(STEP, outcome, e, session().breaker(), settings.s3());
      session().itemBytes().seen(0);
      retries.inc(Math.max(0, e.attempts() - 1L));
      return failed;
    }

    private FetchSession session() {
      if (lease == null) {
        throw new IllegalStateException("used before @Setup");
      }
      return lease.get();
    }

    private OpenRequests<FetchedBytes> requests() {
      if (requests == null) {
        throw new IllegalStateException("used outside a bundle");
      }
      return requests;
    }

    private void abandonRequests() {
      if (requests != null) {
        requests.abandon();
      }
    }

    @Teardown
    public void close() throws IOException {
      abandonRequests();
      if (lease != null) {
        lease.close();
      }
    }
  }
}
