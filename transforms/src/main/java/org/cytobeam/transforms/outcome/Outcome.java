package org.cytobeam.transforms.outcome;

import com.google.auto.value.AutoValue;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.jspecify.annotations.Nullable;

/**
 * An item on its way through a graph: waiting, with or without bytes, or ended in one of three
 * ways.
 *
 * <p>Every step that takes or gives bytes is a {@code PCollection<Outcome>} to {@code
 * PCollection<Outcome>} with one output, and passes on what has ended: a second output or a second
 * consumer of bytes makes Spark fetch them again, and Flink keep them.
 */
@AutoValue
@DefaultCoder(OutcomeCoder.class)
public abstract class Outcome {

  /** How far an item is. */
  public enum Status {
    /** Something is still to be done with it. */
    PENDING,
    /** Its files were written by this run. */
    DONE,
    /** Its files were there already, and proven. */
    ALREADY_DONE,
    /** It failed. */
    FAILED
  }

  /** Returns the item. */
  public abstract Item getItem();

  /** Returns how far it is. */
  public abstract Status getStatus();

  /** Returns what is known about it. */
  public abstract Facts getFacts();

  /** Returns why it failed; present exactly when the status is FAILED. */
  public abstract @Nullable Failure getFailure();

  /** Returns the bytes that the next step works on; shared, not to be written to. */
  @SuppressWarnings("mutable")
  public abstract byte @Nullable [] getBytes();

  /** Returns an item of which nothing has been done yet. */
  public static Outcome pending(Item item) {
    return pending(item, Facts.none());
  }

  /** Returns an item of which nothing has been done yet, with what is known of it beforehand. */
  public static Outcome pending(Item item, Facts facts) {
    return new AutoValue_Outcome(item, Status.PENDING, facts, null, null);
  }

  static Outcome of(
      Item item, Status status, Facts facts, @Nullable Failure failure, byte @Nullable [] bytes) {
    return new AutoValue_Outcome(item, status, facts, failure, bytes);
  }

  /** Returns whether a step still has something to do with it. */
  public final boolean isPending() {
    return getStatus() == Status.PENDING;
  }

  /** Returns the item as far as it is, with other facts. */
  public final Outcome withFacts(Facts facts) {
    return of(getItem(), getStatus(), facts, getFailure(), getBytes());
  }

  /** Returns the pending item with bytes for the next step. */
  public final Outcome withBytes(byte[] bytes, Facts facts) {
    return of(getItem(), Status.PENDING, facts, null, bytes);
  }

  /** Returns the item as failed, without its bytes. */
  public final Outcome failed(Failure failure) {
    return of(getItem(), Status.FAILED, getFacts(), failure, null);
  }

  /** Returns the item as done, without its bytes; {@code file} goes before any other file. */
  public final Outcome done(StoredFile file, Facts facts) {
    List<StoredFile> files = new ArrayList<>();
    files.add(file);
    files.addAll(facts.getFiles());
    return of(getItem(), Status.DONE, facts.toBuilder().setFiles(files).build(), null, null);
  }

  /** Returns the item as found done by an earlier run. */
  public final Outcome alreadyDone() {
    return of(getItem(), Status.ALREADY_DONE, getFacts(), null, null);
  }

  /**
   * Returns the bytes of a pending item.
   *
   * @throws IllegalStateException if there are none: a step before this one is missing
   */
  public final byte[] requireBytes() {
    byte[] bytes = getBytes();
    if (bytes == null) {
      throw new IllegalStateException(
          getItem().getId() + " came without bytes; has it been fetched?");
    }
    return bytes;
  }

  /**
   * Returns the failure of a failed item.
   *
   * @throws IllegalStateException if it has not failed
   */
  public final Failure requireFailure() {
    Failure failure = getFailure();
    if (failure == null) {
      throw new IllegalStateException(getItem().getId() + " has not failed but is " + getStatus());
    }
    return failure;
  }
}
