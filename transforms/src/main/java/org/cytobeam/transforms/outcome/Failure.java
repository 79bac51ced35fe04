package org.cytobeam.transforms.outcome;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.cytobeam.io.secrets.Redaction;

/** Why one item failed; the item itself, with its input row, stands beside it. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Failure {

  /** Returns the step that failed, by the name of its transform. */
  public abstract String getStep();

  /** Returns the class of the failure. */
  public abstract FailureClass getFailureClass();

  /** The longest message in characters; what a longer one has beyond is left out. */
  public static final int MAX_MESSAGE = 2_000;

  /** Returns what was found, in words that the owner of the data understands; no secrets. */
  public abstract String getMessage();

  /** Returns how often it was tried; at least 1. */
  public abstract int getAttempts();

  /** Returns a failure of a step; secrets are taken out of the message. */
  @SchemaCreate
  public static Failure of(String step, FailureClass failureClass, String message, int attempts) {
    return new AutoValue_Failure(step, failureClass, shortened(Redaction.of(message)), attempts);
  }

  /** Messages name addresses, which come from tables and may be as long as a cell. */
  private static String shortened(String message) {
    if (message.length() <= MAX_MESSAGE) {
      return message;
    }
    boolean halvesPair = Character.isHighSurrogate(message.charAt(MAX_MESSAGE - 2));
    return message.substring(0, halvesPair ? MAX_MESSAGE - 2 : MAX_MESSAGE - 1) + "…";
  }
}
