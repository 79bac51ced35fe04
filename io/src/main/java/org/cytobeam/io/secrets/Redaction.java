package org.cytobeam.io.secrets;

import java.util.Locale;
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
 *       or is one of a signed URL's ({@code X-Amz-…}, {@code X-Goog-…}, {@code sig}), whichever
 *       quotes stand round it, and also where JSON is quoted in JSON;
 *   <li>the value of {@code name: value}, as headers have it, whose name ends like a password's, a
 *       token's or a key's; the name of a command line option or the end of a path is none;
 *   <li>what follows {@code Authorization: Bearer} and {@code Basic};
 *   <li>the AWS access keys' ids, but for the four letters that tell their kind.
 * </ul>
 *
 * <p>A value without quotes ends at a space, a quote or a bracket {@code <>}, in a URL's query also
 * at {@code &}; punctuation at its end is not part of it.
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
          "password|passwd|pwd$|passphrase|secret|token|credential|signature|customerkey|apikey"
              + "|accesskey|gbek|^auth$");

  /** Fewer than before '=': "ExpiredToken: renew it" and "no credentials: …" are sentences. */
  private static final Pattern SECRET_HEADERS =
      Pattern.compile(
          "(?!expired|invalid).*"
              + "(?:password|passwd|pwd|passphrase|secret|token|(?:secret|customer|api|access)key)");

  /** A password may have a slash in it that should have been escaped; a port has none. */
  private static final Pattern USER_INFO =
      Pattern.compile(
          "(?<=://)(?:[^/?#\\s\"'<>\\\\]*@"
              + "|[^/?#:\\[\\s\"'<>\\\\]*:(?!\\d{0,5}[/?#])[^:\\s\"'<>\\\\]*@"
              + "(?:[^/?#\\s\"'<>\\\\]*@)?)");

  /** What stands before a value: a name, perhaps the quote behind it, and '=' or ':'. */
  private static final Pattern HEAD =
      Pattern.compile(
          "(?<![\\w.%-])(?<name>[\\w.%-]{1,100})"
              + "(?:(?<quoted>\\\\{0,7}[\"']\\s{0,10}[:=]\\s{0,10})"
              + "|(?<assigned>=|[ \\t]{1,10}=[ \\t]{1,10})"
              + "|:(?!//)[ \\t]{0,10})");

  private static final Pattern OPENING_QUOTE = Pattern.compile("(\\\\{0,7})([\"'])");

  private static final Pattern BARE_VALUE = Pattern.compile("[^\\s\"'<>]*[^\\s\"'<>\\\\,;:)\\]}]");

  private static final Pattern PARAMETER_VALUE =
      Pattern.compile("[^\\s&\"'<>]*[^\\s&\"'<>\\\\,;:)\\]}]");

  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "(?i)(\\bauthorization[\\\\\"']{0,8}\\s{0,10}[:=]\\s{0,10}[\\\\\"'\\[]{0,8}"
              + "(?:bearer|basic)\\s{1,10})[^\\s\\\\\"'<>\\]]+");

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
    return withoutSecretValues(shown);
  }

  /**
   * Returns the address of a source without its secrets: user info and secret parameters of the
   * query are hidden. The path stays as it is, whatever its folders are named: addresses of
   * different paths stay different.
   */
  public static String ofAddress(String address) {
    String shown = USER_INFO.matcher(address).replaceAll(HIDDEN + "@");
    int query = shown.indexOf('?');
    return query < 0 ? shown : shown.substring(0, query) + of(shown.substring(query));
  }

  private static String withoutSecretValues(String text) {
    StringBuilder shown = new StringBuilder();
    Matcher head = HEAD.matcher(text);
    int copied = 0;
    while (head.find(copied)) {
      int start = head.end();
      int end = start;
      if (hides(text, head)) {
        Matcher quote = OPENING_QUOTE.matcher(text).region(start, text.length());
        if (quote.lookingAt()) {
          start = quote.end();
          end = endOfQuoted(text, start, quote.group(2).charAt(0), quote.group(1).length());
        } else {
          end = endOfBare(text, head);
        }
      }
      shown.append(text, copied, start).append(end > start ? HIDDEN : "");
      copied = end;
    }
    return shown.append(text, copied, text.length()).toString();
  }

  private static boolean hides(String text, Matcher head) {
    String name = head.group("name");
    if (head.group("quoted") != null || head.group("assigned") != null) {
      return isSecret(name) || isOfSignedUrl(name);
    }
    boolean option = name.startsWith("--");
    boolean path = head.start() > 0 && text.charAt(head.start() - 1) == '/';
    String last = name.substring(name.lastIndexOf('.') + 1);
    return !option && !path && SECRET_HEADERS.matcher(key(last)).matches();
  }

  /** AWS Signature Version 4, Google Cloud Storage V4, and shared access signatures of Azure. */
  private static boolean isOfSignedUrl(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("x-amz-") || lower.startsWith("x-goog-") || lower.equals("sig");
  }

  /** Members of an object or an array of JSON have names and quotes of their own. */
  private static int endOfBare(String text, Matcher head) {
    int start = head.end();
    boolean nested =
        head.group("assigned") == null
            && start < text.length()
            && "{[".indexOf(text.charAt(start)) >= 0;
    boolean parameter = head.start() > 0 && "?&".indexOf(text.charAt(head.start() - 1)) >= 0;
    Matcher value = (parameter ? PARAMETER_VALUE : BARE_VALUE).matcher(text);
    return !nested && value.region(start, text.length()).lookingAt() ? value.end() : start;
  }

  /**
   * Returns where a string ends: at a quote with as many backslashes as the opening one has, or
   * fewer, or at the end of the text. Backslashes of the string itself count double.
   */
  private static int endOfQuoted(String text, int start, char quote, int backslashes) {
    int run = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote && (run - backslashes) % (2 * (backslashes + 1)) == 0) {
        return i - backslashes;
      }
      if (c == quote && run < backslashes) {
        return i - run;
      }
      run = c == '\\' ? run + 1 : 0;
    }
    return text.length();
  }

  private static String key(String name) {
    return name.replaceAll("[-_.%]", "").toLowerCase(Locale.ROOT);
  }
}
