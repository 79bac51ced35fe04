package org.cytobeam.pipelines.options;

import org.cytobeam.io.secrets.Redaction;

/** Keeps what nobody else may read out of messages, logs and records. */
public final class Secrets {

  private Secrets() {}

  /** Returns whether the value of an option with this name, in any spelling, is a secret. */
  public static boolean isSecret(String name) {
    return Redaction.isSecret(name);
  }

  /**
   * Returns a value that may be shown: the value itself, three stars if the name says that it is a
   * secret, and three stars for what {@link Redaction} finds in it.
   */
  public static String shown(String name, String value) {
    return isSecret(name) ? Redaction.HIDDEN : shown(value);
  }

  /** Returns a text with three stars for what {@link Redaction} finds in it. */
  public static String shown(String text) {
    return Redaction.of(text);
  }
}
