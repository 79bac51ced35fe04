package org.cytobeam.transforms.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Stream;
import org.cytobeam.io.secrets.Redaction;

/**
 * A name as it is looked for.
 *
 * @param keys the keys that it may be exactly, all with the prefix
 * @param tail what the key may end with, in parts between slashes; empty for an address, which only
 *     means the one key, and for a name that ends with a slash
 */
record WantedName(List<String> keys, String tail) {

  private static final String SCHEME = "s3://";

  /** Amazon S3 User Guide, "Naming Amazon S3 objects": in UTF-8. */
  private static final int MOST_BYTES = 1024;

  /** A name that can't mean any object there is. */
  static final class BadNameInRowException extends Exception {

    private static final long serialVersionUID = 1L;

    BadNameInRowException(String message) {
      super(message);
    }
  }

  /**
   * Returns what is looked for.
   *
   * @throws BadNameInRowException if it is the address of something outside the bucket or prefix,
   *     can only be a key that is longer than any, or is an address with a password or a signature,
   *     which must not become the name of a file
   */
  static WantedName of(String name, MatchRules rules) throws BadNameInRowException {
    if (tellsSecret(name)) {
      throw new BadNameInRowException(
          "the address has a password, a token or a signature in it; give the key alone");
    }
    if (isAddress(name)) {
      String key = key(name);
      if (!name.equals(SCHEME + rules.bucket() + "/" + key)) {
        throw new BadNameInRowException(
            name + " is not in the bucket " + rules.bucket() + "; one run reads one bucket");
      }
      if (key.isEmpty() || !key.startsWith(rules.prefix())) {
        throw new BadNameInRowException(
            name + " does not begin with s3://" + rules.bucket() + "/" + rules.prefix());
      }
      return new WantedName(possible(List.of(key)), "");
    }
    String prefix = rules.prefix();
    boolean endsWithSlash = prefix.isEmpty() || prefix.endsWith("/");
    List<String> keys =
        Stream.of(name, prefix + name, endsWithSlash ? name : prefix + "/" + name)
            .filter(key -> key.startsWith(prefix))
            .distinct()
            .toList();
    boolean mustBeKey = rules.match() == MatchRules.Match.KEY;
    return new WantedName(mustBeKey ? possible(keys) : keys, name.endsWith("/") ? "" : name);
  }

  /** Returns those of some keys that a bucket can have. */
  private static List<String> possible(List<String> keys) throws BadNameInRowException {
    List<String> possible = keys.stream().filter(key -> bytes(key) <= MOST_BYTES).toList();
    if (possible.isEmpty()) {
      throw new BadNameInRowException(
          "its key would have "
              + keys.stream().mapToInt(WantedName::bytes).min().orElseThrow()
              + " bytes, and one has at most "
              + MOST_BYTES);
    }
    return possible;
  }

  private static int bytes(String key) {
    return key.getBytes(UTF_8).length;
  }

  /** Returns the folders that the key must end with, each with its slash, but for its last part. */
  String folders() {
    return tail.substring(0, tail.length() - base().length());
  }

  /** Returns the last part; empty if only the whole key counts. */
  String base() {
    return BaseName.of(tail);
  }

  private static boolean tellsSecret(String name) {
    boolean mayBeAddress = name.contains("://") || name.indexOf('?') >= 0;
    return mayBeAddress && !Redaction.of(name).equals(name);
  }

  /** Returns whether a name is an address with the bucket. */
  static boolean isAddress(String name) {
    return name.startsWith(SCHEME);
  }

  /** Returns the key of an address; a name that is none is returned as it is. */
  static String key(String name) {
    if (!isAddress(name)) {
      return name;
    }
    int slash = name.indexOf('/', SCHEME.length());
    return slash < 0 ? "" : name.substring(slash + 1);
  }
}
