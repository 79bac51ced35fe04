package org.cytobeam.io.secrets;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of texts that people may read: messages, logs, tables, records. The one place
 * that knows what a secret looks like.
 *
 * <p>Three stars stand for
 *
 * <ul>
 *   <li>user and password in {@code scheme://user:password@host};
 *   <li>the value of {@code name=value} and of {@code "name":"value"} whose name speaks of a secret
 *       or is one of a signed URL's ({@code X-Amz-…}, {@code X-Goog-…}, {@code sig});
 *   <li>what follows {@code Authorization: Bearer} and {@code Basic};
 *   <li>the AWS access keys' ids, but for the four letters that tell their kind.
 * </ul>
 *
 * <p>All of a signed URL's own parameters go, also those that are no secret, such as its date: what
 * is left is the same however often the URL is signed. The same text in gives the same text out,
 * and what is redacted stays as it is. The time taken grows with the length of the text only.
 */
public final class Redaction {

  /** What stands for a secret. */
  public static final String HIDDEN = "***";

  private static final Pattern SECRET_NAMES =
      Pattern.compile(
          "password|passwd|passphrase|secret|token|credential|signature|customerkey|apikey"
              + "|accesskey|gbek");

  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#\\s\"'<>\\\\]*@");

  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?<![\\w.%-])([\\w.%-]{1,100})=[^\\s&\"'<>\\\\]*[^\\s&\"'<>\\\\,;)\\]}]");

  private static final Pattern MEMBER =
      Pattern.compile("\"([\\w.-]{1,100})\"\\s{0,10}:\\s{0,10}\"");

  private static final Pattern AUTHORIZATION =
      Pattern.compile("(?i)(\\bauthorization:\\s{0,10}(?:bearer|basic)\\s{1,10})[^\\s\"'<>]+");

  private static final Pattern ACCESS_KEY = Pattern.compile("\\b(AKIA|ASIA)[A-Z0-9]{16}\\b");

  private Redaction() {}

  /** Returns whether a value with this name, in any spelling, is a secret. */
  public static boolean isSecret(String name) {
    return SECRET_NAMES.matcher(key(name)).find();
  }

  /** Returns a text without its secrets. */
  public static String of(String text) {
    String shown = USER_INFO.matcher(text).replaceAll(HIDDEN + "@");
    shown = AUTHORIZATION.matcher(shown).replaceAll("$1" + HIDDEN);
    shown = ACCESS_KEY.matcher(shown).replaceAll("$1" + HIDDEN);
    shown = ASSIGNMENT.matcher(shown).replaceAll(Redaction::assignment);
    return shown.indexOf('"') < 0 ? shown : withoutSecretMembers(shown);
  }

  private static String assignment(MatchResult found) {
    boolean hides = isSecret(found.group(1)) || isOfSignedUrl(found.group(1));
    return Matcher.quoteReplacement(hides ? found.group(1) + "=" + HIDDEN : found.group());
  }

  /** AWS Signature Version 4, Google Cloud Storage V4, and shared access signatures of Azure. */
  private static boolean isOfSignedUrl(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("x-amz-") || lower.startsWith("x-goog-") || lower.equals("sig");
  }

  /** A string of JSON ends with a quote that no backslash stands before, or with the text. */
  private static String withoutSecretMembers(String text) {
    StringBuilder shown = new StringBuilder();
    Matcher member = MEMBER.matcher(text);
    int copied = 0;
    while (member.find(copied)) {
      shown.append(text, copied, member.end());
      copied = member.end();
      if (isSecret(member.group(1))) {
        shown.append(HIDDEN);
        copied = endOfString(text, copied);
      }
    }
    return shown.append(text, copied, text.length()).toString();
  }

  private static int endOfString(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end, text.length());
  }

  private static String key(String name) {
    return name.replaceAll("[-_.%]", "").toLowerCase(Locale.ROOT);
  }
}
