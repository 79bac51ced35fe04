package org.cytobeam.transforms.images;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
import org.cytobeam.io.destination.DestinationException;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.transforms.flow.Interrupts;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.flow.Stopwatch;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Journal;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.RunCounters;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.s3.OpenRequests;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Copies the object of each pending item from S3 into the file that is its id, whole and checked,
 * and writes down in the journal what became of each item, failed ones included.
 *
 * <p>A pending item's facts have what the listing said of its object, ETag and length. Right before
 * the request the step looks whether that version is done already and proven; then nothing is
 * fetched. What comes must be what was listed; if the object has been put anew since, the new one
 * is taken, provided it stays the same while it is fetched. A web page or an error message of S3's
 * that comes in place of a picture is no file.
 *
 * <p>No bytes are in an element. Short objects are fetched whole, several of a bundle at once, and
 * written as they arrive, several at once too; objects beyond {@link #WHOLE_BYTES}, and those of
 * unknown length, are streamed beside them one by one, and never in memory as a whole. Items come
 * out as they end, the last ones when the bundle does. One output. At least once and idempotent: a
 * file appears only whole, and the same object gives the same bytes.
 *
 * <p>An item that can't be had or written becomes a failed outcome. Credentials that are missing or
 * have expired, a destination that takes nothing (a full disk), or too many transient failures in a
 * row end the run with what is pending still pending.
 */
@AutoValue
public abstract class CopyObject extends PTransform<PCollection<Outcome>, PCollection<Outcome>> {

  /** The name of the step in failures and times. */
  public static final String STEP = "CopyObject";

  /** How long an object may be to be fetched by one request, and held in memory meanwhile. */
  public static final int WHOLE_BYTES = 16 << 20;

  /**
   * What 80 MB/s bring in more than a second: more bytes on their way make no copy faster, only the
   * process larger.
   */
  public static final long PENDING_BYTES = 128L << 20;

  private static final int DEFAULT_IN_FLIGHT = 16;

  abstract RunSettings run();

  abstract S3Settings s3();

  abstract int inFlight();

  abstract int wholeBytes();

  abstract long pendingBytes();

  abstract EncodedObjects encoded();

  abstract Duration betweenTasks();

  abstract Builder toBuilder();

  /** Sets the fields. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setRun(RunSettings run);

    abstract Builder setS3(S3Settings s3);

    abstract Builder setInFlight(int inFlight);

    abstract Builder setWholeBytes(int bytes);

    abstract Builder setPendingBytes(long bytes);

    abstract Builder setEncoded(EncodedObjects encoded);

    abstract Builder setBetweenTasks(Duration longest);

    abstract CopyObject build();
  }

  /**
   * Returns a step that copies into the output folder of a run, 16 objects of a bundle at once, and
   * decodes what is stored encoded.
   *
   * @param s3 how the objects are read; how a bucket is written to is in the run's settings
   */
  public static CopyObject of(RunSettings run, S3Settings s3) {
    return new AutoValue_CopyObject.Builder()
        .setRun(run)
        .setS3(s3)
        .setInFlight(DEFAULT_IN_FLIGHT)
        .setWholeBytes(WHOLE_BYTES)
        .setPendingBytes(PENDING_BYTES)
        .setEncoded(EncodedObjects.DECODE)
        .setBetweenTasks(Duration.ZERO)
        .build();
  }

  /** Sets how many objects of one bundle are fetched at once. */
  public CopyObject withInFlight(int inFlight) {
    if (inFlight < 1) {
      throw new IllegalArgumentException("at least 1 request must be in flight");
    }
    return toBuilder().setInFlight(inFlight).build();
  }

  /**
   * Sets how many bytes of objects may be on their way, or here and not yet written, in one process
   * and for all instances of the step; {@link #PENDING_BYTES} if it is not set. Longer objects are
   * streamed within it.
   */
  public CopyObject withPendingBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("at least 1 byte must be on its way");
    }
    return toBuilder().setPendingBytes(bytes).build();
  }

  /** Sets what becomes of objects that are stored with a {@code Content-Encoding}. */
  public CopyObject withContentCoding(EncodedObjects encoded) {
    return toBuilder().setEncoded(encoded).build();
  }

  /**
   * Sets for how long a process may be without the step before it gets it again, as where a runner
   * makes it anew for each of many tasks: connections and what is known to be done are kept.
   */
  public CopyObject withKeptBetweenTasks(Duration longest) {
    return toBuilder().setBetweenTasks(longest).build();
  }

  /** Sets how long an object may be to be fetched whole. */
  CopyObject withWholeBytes(int bytes) {
    return toBuilder().setWholeBytes(bytes).build();
  }

  @Override
  public PCollection<Outcome> expand(PCollection<Outcome> items) {
    return items.apply("CopyUnlessDone", ParDo.of(new CopyFn(this)));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("root", run().destination().root()).withLabel("Output folder"))
        .add(DisplayData.item("inFlight", inFlight()).withLabel("Objects in flight, a bundle"))
        .add(DisplayData.item("pendingBytes", pendingBytes()).withLabel("Bytes on their way"))
        .add(DisplayData.item("encoded", encoded().name()).withLabel("Encoded objects"))
        .add(DisplayData.item("check", run().check().name()).withLabel("Proof of what is done"));
  }

  private static final class CopyFn extends DoFn<Outcome, Outcome> {

    private static final long serialVersionUID = 1L;

    private final CopySettings settings;
    private final int inFlight;
    private final Counter fetched = RunCounters.of(RunCounters.ITEMS_FETCHED);
    private final Counter bytesFetched = RunCounters.of(RunCounters.BYTES_FETCHED);
    private final Counter retries = RunCounters.of(RunCounters.RETRIES);
    private final Counter alreadyDone = RunCounters.of(RunCounters.ITEMS_ALREADY_DONE);
    private final Counter written = RunCounters.of(RunCounters.ITEMS_DONE);
    private final Counter bytesWritten = RunCounters.of(RunCounters.BYTES_WRITTEN);
    private final Counter failed = RunCounters.of(RunCounters.ITEMS_FAILED);
    private transient Shared.@Nullable Lease<CopySession> lease;
    private transient @Nullable Journal journal;
    private transient @Nullable OpenRequests<Outcome> requests;

    /** What is to be streamed, when what is streamed now has ended. */
    private transient Deque<OpenRequests.Request<Outcome>> longer = new ArrayDeque<>();

    private transient boolean isStreaming;

    CopyFn(CopyObject step) {
      this.settings =
          new CopySettings(
              step.run(),
              step.s3(),
              (int) Math.min(step.wholeBytes(), step.pendingBytes()),
              step.pendingBytes(),
              step.encoded(),
              step.betweenTasks());
      this.inFlight = step.inFlight();
    }

    @Setup
    public void open() throws IOException {
      Shared.Lease<CopySession> session = CopySession.lease(settings);
      lease = session;
      journal = new Journal(session.get().destination(), settings.run());
      if (settings.run().destination().joins()) {
        session.get().done().lookAgain();
      }
    }

    @StartBundle
    public void start() {
      abandonRequests();
      requests = new OpenRequests<>(unwanted -> {});
      longer = new ArrayDeque<>();
      isStreaming = false;
    }

    @ProcessElement
    public void process(
        @Element Outcome outcome,
        @Timestamp Instant timestamp,
        BoundedWindow window,
        OutputReceiver<Outcome> out)
        throws IOException {
      Item item = outcome.getItem();
      if (!outcome.isPending()) {
        out.output(passedOn(outcome));
      } else if (session().done().proves(item, outcome.getFacts().getEtag(), List.of())) {
        alreadyDone.inc();
        out.output(outcome.alreadyDone());
      } else if (Listed.of(outcome.getFacts()).fits(settings.wholeBytes())) {
        while (shortOnes() >= inFlight) {
          emitFirst(out);
        }
        requests().add(request(outcome, timestamp, window));
      } else {
        Stopwatch watch = new Stopwatch();
        CompletableFuture<Outcome> notBegun = new CompletableFuture<>();
        stream(new OpenRequests.Request<>(outcome, notBegun, watch, timestamp, window));
      }
    }

    private int shortOnes() {
      return requests().count() - (isStreaming ? 1 : 0);
    }

    /** Streams an object beside the short ones, one at a time. */
    private void stream(OpenRequests.Request<Outcome> request) {
      longer.add(request);
      streamNext();
    }

    private void streamNext() {
      if (isStreaming || longer.isEmpty()) {
        return;
      }
      OpenRequests.Request<Outcome> next = longer.remove();
      CompletableFuture<Outcome> copy =
          StreamedCopy.start(session().streamers(), copier(), next.outcome(), next.watch());
      isStreaming = true;
      requests()
          .add(
              new OpenRequests.Request<>(
                  next.outcome(), copy, next.watch(), next.timestamp(), next.window()));
    }

    /** Waits for the first to end of what is under way. */
    private OpenRequests.Request<Outcome> awaitFirst() throws IOException {
      OpenRequests.Request<Outcome> first = requests().next();
      if (first.answer() instanceof StreamedCopy) {
        isStreaming = false;
        streamNext();
      }
      return first;
    }

    private OpenRequests.Request<Outcome> request(
        Outcome outcome, Instant timestamp, BoundedWindow window) {
      Stopwatch watch = new Stopwatch();
      ObjectCopy copy = ObjectCopy.start(session(), copier(), outcome, watch);
      return new OpenRequests.Request<>(outcome, copy, watch, timestamp, window);
    }

    private void emitFirst(OutputReceiver<Outcome> out) throws IOException {
      OpenRequests.Request<Outcome> first = awaitFirst();
      Outcome ended = ended(first);
      if (ended != null) {
        out.outputWithTimestamp(ended, first.timestamp());
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext context) throws IOException {
      while (requests().count() > 0) {
        OpenRequests.Request<Outcome> request = awaitFirst();
        Outcome ended = ended(request);
        if (ended != null) {
          context.output(ended, request.timestamp(), request.window());
        }
      }
    }

    /** Returns what became of a request; null if its object has become too long to be whole. */
    private @Nullable Outcome ended(OpenRequests.Request<Outcome> request) throws IOException {
      try {
        return noted(request.answer().get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof FetchException) {
          stream(request);
          return null;
        }
        if (e.getCause() instanceof RunAbortedException) {
          throw new RunAbortedException(String.valueOf(e.getCause().getMessage()), e.getCause());
        }
        throw new IOException(request.outcome().getItem().getId() + " was not copied", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while copying", e);
      }
    }

    /** Returns an item that ended before this step, after writing it down if that is news. */
    private Outcome passedOn(Outcome outcome) throws IOException {
      if (outcome.getStatus() != Outcome.Status.ALREADY_DONE) {
        append(outcome);
      }
      if (outcome.getStatus() == Outcome.Status.FAILED) {
        failed.inc();
      }
      return outcome;
    }

    /** Returns an item that ended here, after writing it down and counting it. */
    private Outcome noted(Outcome ended) throws IOException {
      append(ended);
      Facts facts = ended.getFacts();
      Failure failure = ended.getFailure();
      if (facts.getAttempts() > 0) {
        fetched.inc();
        bytesFetched.inc(facts.getSourceBytes());
        retries.inc(facts.getAttempts() - 1L);
      } else if (failure != null) {
        retries.inc(failure.getAttempts() - 1L);
      }
      if (failure == null) {
        written.inc();
        bytesWritten.inc(facts.getFiles().get(0).getBytes());
      } else {
        failed.inc();
      }
      return ended;
    }

    private void append(Outcome ended) throws IOException {
      try {
        opened(journal).append(ended);
      } catch (DestinationException e) {
        throw new RunAbortedException(String.valueOf(e.getMessage()), e);
      }
    }

    private ObjectCopier copier() {
      return new ObjectCopier(session());
    }

    private CopySession session() {
      return opened(lease).get();
    }

    private OpenRequests<Outcome> requests() {
      return opened(requests);
    }

    private static <T> T opened(@Nullable T resource) {
      if (resource == null) {
        throw new IllegalStateException("used before @Setup, or outside a bundle");
      }
      return resource;
    }

    private void abandonRequests() {
      if (requests != null) {
        requests.abandon();
      }
    }

    /** The names of the step's files last with it, though others may keep the destination open. */
    private void leaveFiles() throws IOException {
      try (Shared.Lease<CopySession> session = opened(lease)) {
        session.get().destination().sync();
      }
    }

    @Teardown
    public void close() throws IOException {
      abandonRequests();
      try {
        if (journal != null) {
          Interrupts.close(journal);
        }
      } finally {
        if (lease != null) {
          Interrupts.close(this::leaveFiles);
        }
      }
    }
  }
}
