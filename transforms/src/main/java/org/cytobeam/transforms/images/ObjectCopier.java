package org.cytobeam.transforms.images;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.cytobeam.io.bytes.ContentCoding;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.io.bytes.Integrity;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationException;
import org.cytobeam.io.destination.Proof;
import org.cytobeam.io.s3.OpenObject;
import org.cytobeam.io.s3.ReadObject;
import org.cytobeam.transforms.flow.Interrupts;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.cytobeam.transforms.flow.Stopwatch;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.FailureLog;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.StoredFile;
import org.cytobeam.transforms.s3.FetchFaults;
import org.jspecify.annotations.Nullable;

/** Makes the file of one object, and says what became of it. */
final class ObjectCopier {

  private final CopySession session;
  private final ObjectContent contents;

  ObjectCopier(CopySession session) {
    this.session = session;
    this.contents = new ObjectContent(session.settings().encoded());
  }

  /** Writes the file of an object that was fetched whole. */
  Outcome write(Outcome outcome, FetchedBytes object, Stopwatch watch) throws IOException {
    session.reads().answered();
    Item item = outcome.getItem();
    Facts facts =
        facts(object.identity(), object.integrity(), object.bytes().length, object.attempts());
    try {
      Proof proof = contents.put(session.destination(), item, object);
      return written(item, facts, proof, watch);
    } catch (IOException e) {
      return unwritten(Outcome.pending(item, facts), e);
    } finally {
      object.taken();
    }
  }

  /**
   * Streams an object of any length into its file. One that is another than was listed is begun
   * anew as it is now, and so, once, is one that came damaged.
   */
  Outcome stream(Outcome outcome, Stopwatch watch) throws IOException {
    Item item = outcome.getItem();
    Listed listed = Listed.of(outcome.getFacts());
    try {
      try {
        return streamed(item, listed, 0, watch);
      } catch (FetchException e) {
        if (e.reason() != Reason.CHANGED && e.reason() != Reason.CHECKSUM) {
          throw e;
        }
        Listed now = e.reason() == Reason.CHANGED ? Listed.UNKNOWN : listed;
        return streamed(item, now, e.attempts(), watch);
      }
    } catch (FetchException e) {
      return unfetched(item, e);
    } catch (IOException e) {
      return unwritten(Outcome.pending(item), e);
    }
  }

  private Outcome streamed(Item item, Listed listed, int attempts, Stopwatch watch)
      throws IOException {
    Streamed content = new Streamed(item, listed);
    Proof proof = session.destination().put(item.getId(), content);
    session.reads().answered();
    ReadObject object = content.read();
    Facts facts =
        facts(object.etag(), object.integrity(), object.bytes(), attempts + object.attempts());
    return written(item, facts, proof, watch);
  }

  /** Returns the item as failed, because its object can't be had. */
  Outcome unfetched(Item item, FetchException e) throws IOException {
    FetchFaults.abortWithoutCredentials(e, session.settings().s3());
    return FetchFaults.failed(
        CopyObject.STEP, Outcome.pending(item), e, session.reads(), session.settings().s3());
  }

  private Outcome written(Item item, Facts facts, Proof proof, Stopwatch watch) {
    session.writes().answered();
    return Outcome.pending(item)
        .done(
            StoredFile.of(item.getId(), proof), facts.withMillis(CopyObject.STEP, watch.millis()));
  }

  private Outcome unwritten(Outcome outcome, IOException e) throws IOException {
    String message = String.valueOf(e.getMessage());
    if (e instanceof DestinationException) {
      throw new RunAbortedException(message, e);
    }
    Interrupts.rethrow(e);
    if (e instanceof UnusableObjectException unusable) {
      return failed(outcome, unusable.failureClass(), message, e);
    }
    session.writes().transientFailure(message);
    return failed(outcome, FailureClass.UNWRITABLE, message, e);
  }

  private static Outcome failed(
      Outcome outcome, FailureClass failureClass, String message, IOException e) {
    return FailureLog.told(
        outcome.failed(Failure.of(CopyObject.STEP, failureClass, message, 1)), e);
  }

  private static Facts facts(String etag, Integrity integrity, long bytes, int attempts) {
    return Facts.none().toBuilder()
        .setEtag(etag.isEmpty() ? null : etag)
        .setIntegrity(integrity.name().toLowerCase(Locale.ROOT))
        .setSourceBytes(bytes)
        .setAttempts(attempts)
        .build();
  }

  /** The bytes of an object, as they come; its head says first how they are encoded. */
  private final class Streamed implements Destination.Content {

    private final Item item;
    private final Listed listed;
    private @Nullable ReadObject read;

    Streamed(Item item, Listed listed) {
      this.item = item;
      this.listed = listed;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      String etag = listed.etag() == null ? "" : listed.etag();
      OpenObject object = session.reader().open(item.getUri(), etag, listed.bytes());
      ContentCoding coding = contents.coding(object.contentEncoding());
      long storedBytes = object.bytes().orElse(listed.bytes());
      contents.write(item, coding, storedBytes, out, in -> read = object.writeTo(in));
      checkListed(read());
    }

    private void checkListed(ReadObject object) throws FetchException {
      if (!listed.matches(object.etag(), object.bytes())) {
        throw new FetchException(
            Reason.CHANGED,
            item.getUri(),
            listed.contrast(object.etag(), object.bytes()),
            object.attempts(),
            null);
      }
    }

    ReadObject read() {
      if (read == null) {
        throw new IllegalStateException(item.getId() + " was put without being read");
      }
      return read;
    }
  }
}
