package org.cytobeam.transforms.images;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.jspecify.annotations.Nullable;

/** One row of a table of names. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class ListedName {

  /** Returns the name as the table has it, trimmed; empty if the row can't be read. */
  public abstract String getName();

  /** Returns where it stands: the table and its line or row. */
  public abstract String getInput();

  /** Returns why the row can't be used, or null if it can. */
  public abstract @Nullable String getProblem();

  /** Returns a row. */
  @SchemaCreate
  public static ListedName of(String name, String input, @Nullable String problem) {
    return new AutoValue_ListedName(name, input, problem);
  }
}
