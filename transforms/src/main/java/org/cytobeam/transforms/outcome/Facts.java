package org.cytobeam.transforms.outcome;

import com.google.auto.value.AutoValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.jspecify.annotations.Nullable;

/** What the steps have found out about an item so far; each step adds to it. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Facts {

  /** Returns the source's own mark of this version of the object, an ETag say. */
  public abstract @Nullable String getEtag();

  /** Returns what the fetched bytes were held against: a checksum, an MD5 ETag, the length. */
  public abstract @Nullable String getIntegrity();

  /** Returns the length of the source, 0 if unknown. */
  public abstract long getSourceBytes();

  /** Returns how often the source was asked, 0 if it was not. */
  public abstract int getAttempts();

  /** Returns the SHA-256 of the samples that were written, before any coding. */
  public abstract @Nullable String getPixelsSha256();

  /** Returns the files written for the item: the one named by its id first. */
  public abstract List<StoredFile> getFiles();

  /** Returns what was measured, by name: a window, a crop box, a size. */
  public abstract Map<String, Double> getMeasures();

  /** Returns how long each step took, in milliseconds, by the name of the step. */
  public abstract Map<String, Double> getMillis();

  /** Returns a builder that starts with these facts. */
  public abstract Builder toBuilder();

  private static final Facts NONE =
      new AutoValue_Facts.Builder()
          .setSourceBytes(0)
          .setAttempts(0)
          .setFiles(List.of())
          .setMeasures(Map.of())
          .setMillis(Map.of())
          .build();

  /** Returns no facts at all. */
  public static Facts none() {
    return NONE;
  }

  /** Returns these facts with the time of one more step. */
  public final Facts withMillis(String step, double millis) {
    Map<String, Double> all = new HashMap<>(getMillis());
    all.put(step, millis);
    return toBuilder().setMillis(all).build();
  }

  /** Gathers facts. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** Sets the source's own mark of this version. */
    public abstract Builder setEtag(@Nullable String etag);

    /** Sets what the bytes were held against. */
    public abstract Builder setIntegrity(@Nullable String integrity);

    /** Sets the length of the source. */
    public abstract Builder setSourceBytes(long bytes);

    /** Sets how often the source was asked. */
    public abstract Builder setAttempts(int attempts);

    /** Sets the SHA-256 of the samples. */
    public abstract Builder setPixelsSha256(@Nullable String sha256);

    /** Sets the files written. */
    public abstract Builder setFiles(List<StoredFile> files);

    /** Sets what was measured. */
    public abstract Builder setMeasures(Map<String, Double> measures);

    /** Sets how long each step took. */
    public abstract Builder setMillis(Map<String, Double> millis);

    abstract List<StoredFile> getFiles();

    abstract Map<String, Double> getMeasures();

    abstract Map<String, Double> getMillis();

    abstract Facts autoBuild();

    /** Returns the facts, with copies of the list and the maps. */
    public Facts build() {
      setFiles(List.copyOf(getFiles()));
      setMeasures(CompactMap.copyOf(getMeasures()));
      setMillis(CompactMap.copyOf(getMillis()));
      return autoBuild();
    }
  }
}
