package org.cytobeam.transforms.outcome;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/** Why one item failed; the item itself, with its input row, stands beside it. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Failure {

  /** Returns the step that failed, by the name of its transform. */
  public abstract String getStep();

  /** Returns the class of the failure. */
  public abstract FailureClass getFailureClass();

  /** Returns what was found, in words that the owner of the data understands; no secrets. */
  public abstract String getMessage();

  /** Returns how often it was tried; at least 1. */
  public abstract int getAttempts();

  /** Returns a failure of a step. */
  @SchemaCreate
  public static Failure of(String step, FailureClass failureClass, String message, int attempts) {
    return new AutoValue_Failure(step, failureClass, message, attempts);
  }
}
