package org.cytobeam.pipelines.options;

import java.util.regex.Pattern;

/** Keeps what nobody else may read out of messages, logs and records. */
public final class Secrets {

  private static final String HIDDEN = "***";

  private static final Pattern NAMES =
      Pattern.compile("password|passphrase|secret|token|credential|customerkey|apikey|gbek");

  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#\\s\"<>\\\\]*@");

  private static final Pattern SIGNED_QUERY =
      Pattern.compile(
          "(?i)(?<=[?&])([^=&\\s]*(?:signature|credential|token|secret|password)[^=&\\s]*=)[^&\\s\"<>\\\\]*");

  private Secrets() {}

  /** Returns whether the value of an option with this name, in any spelling, is a secret. */
  public static boolean isSecret(String name) {
    return NAMES.matcher(OptionName.key(name)).find();
  }

  /**
   * Returns a value that may be shown: the value itself, three stars if the name says that it is a
   * secret, and in URLs three stars for user, password and signatures.
   */
  public static String shown(String name, String value) {
    return isSecret(name) ? HIDDEN : shown(value);
  }

  /** Returns a text with three stars for what URLs in it have of users, passwords, signatures. */
  public static String shown(String text) {
    String withoutUsers = USER_INFO.matcher(text).replaceAll(HIDDEN + "@");
    return SIGNED_QUERY.matcher(withoutUsers).replaceAll("$1" + HIDDEN);
  }
}
