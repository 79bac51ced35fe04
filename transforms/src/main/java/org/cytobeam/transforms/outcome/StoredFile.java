package org.cytobeam.transforms.outcome;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.apache.beam.sdk.schemas.annotations.SchemaIgnore;
import org.cytobeam.io.destination.Proof;

/** A file in the output folder and what proves that it is the one that was written. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class StoredFile {

  /** Returns the path relative to the output folder. */
  public abstract String getPath();

  /** Returns the length in bytes. */
  public abstract long getBytes();

  /** Returns the SHA-256 of the bytes, 64 lower-case hexadecimal digits. */
  public abstract String getSha256();

  /** Returns the record of a file. */
  @SchemaCreate
  public static StoredFile of(String path, long bytes, String sha256) {
    return new AutoValue_StoredFile(path, bytes, sha256);
  }

  /** Returns the record of a file that was put. */
  public static StoredFile of(String path, Proof proof) {
    return of(path, proof.size(), proof.sha256());
  }

  /** Returns what {@link org.cytobeam.io.destination.Destination#has} takes. */
  @SchemaIgnore
  public final Proof proof() {
    return new Proof(getBytes(), getSha256());
  }
}
