package org.cytobeam.transforms.images;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/** A name whose file another one would have too. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class ClashingName {

  /** Returns the name, as the table has it. */
  public abstract String getName();

  /** Returns which file that is and whose, as a clause without a subject. */
  public abstract String getProblem();

  /** Returns a name and what is the matter with it. */
  @SchemaCreate
  public static ClashingName of(String name, String problem) {
    return new AutoValue_ClashingName(name, problem);
  }
}
