package org.cytobeam.transforms.outcome;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/** Something about done items that their users should know. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Warning {

  /** Returns what kind of thing it is: {@code constant}, say. */
  public abstract String getKind();

  /** Returns the id of the item, or what the ids of several begin with. */
  public abstract String getSubject();

  /** Returns what was found. */
  public abstract String getMessage();

  /** Returns a warning. */
  @SchemaCreate
  public static Warning of(String kind, String subject, String message) {
    return new AutoValue_Warning(kind, subject, message);
  }
}
