package org.cytobeam.transforms.outcome;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item, as the journal and the manifest keep it.
 *
 * <p>A row is either done, with the files that prove it, or failed, with the reason.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class ManifestRow {

  /** Returns the item. */
  public abstract Item getItem();

  /** Returns what the run found out about it. */
  public abstract Facts getFacts();

  /** Returns why it failed, or null if it is done. */
  public abstract @Nullable Failure getFailure();

  /** Returns the hash of the options that determine the bytes of the files. */
  public abstract String getOptionsHash();

  /** Returns the run that wrote the row. */
  public abstract String getRun();

  /** Returns when, in milliseconds since 1970 UTC. */
  public abstract long getAt();

  /** Returns a row; of the item's address it has what may be shown. */
  @SchemaCreate
  public static ManifestRow of(
      Item item, Facts facts, @Nullable Failure failure, String optionsHash, String run, long at) {
    return new AutoValue_ManifestRow(
        item.withoutSecrets(),
        facts,
        failure,
        CompactMap.one(optionsHash),
        CompactMap.one(run),
        at);
  }

  /** Returns the row for the same item as a later table has it, with other keys perhaps. */
  final ManifestRow withItem(Item item) {
    return of(item, getFacts(), getFailure(), getOptionsHash(), getRun(), getAt());
  }

  /** Returns whether the item is done. */
  public final boolean done() {
    return getFailure() == null;
  }

  /**
   * Returns the row to keep of two for the same item: done goes before failed, else the later one
   * counts; the order of the arguments does not matter.
   */
  public static ManifestRow better(ManifestRow a, ManifestRow b) {
    if (a.done() != b.done()) {
      return a.done() ? a : b;
    }
    if (a.getAt() != b.getAt()) {
      return a.getAt() > b.getAt() ? a : b;
    }
    return a.getRun().compareTo(b.getRun()) >= 0 ? a : b;
  }
}
