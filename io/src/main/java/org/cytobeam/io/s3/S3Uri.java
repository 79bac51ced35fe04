package org.cytobeam.io.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The address of an object, {@code s3://bucket/key}, taken as it stands.
 *
 * <p>S3 keys are any text: spaces, {@code #}, {@code ?}, {@code %} and {@code +} stand for
 * themselves, as in the AWS command line, and nothing is percent-decoded. An address without a key
 * names the bucket itself. Two addresses are equal exactly if they name the same object.
 *
 * @param bucket 3 to 63 lower-case letters, digits, dots and hyphens
 * @param key at most 1,024 bytes of UTF-8; may be empty
 */
public record S3Uri(String bucket, String key) {

  private static final String SCHEME = "s3://";

  /** The limit of the Amazon S3 User Guide, "Naming Amazon S3 objects". */
  private static final int MAX_KEY_BYTES = 1024;

  /** The rules of the Amazon S3 User Guide, "General purpose bucket naming rules". */
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  private static final Pattern IP_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if S3 allows no such bucket or no such key
   */
  public S3Uri {
    if (!BUCKET.matcher(bucket).matches()
        || bucket.contains("..")
        || IP_ADDRESS.matcher(bucket).matches()) {
      throw new IllegalArgumentException(
          quoted(bucket)
              + " can't be the name of a bucket: 3 to 63 lower-case letters, digits, dots and"
              + " hyphens, a letter or a digit first and last");
    }
    if (!UTF_8.newEncoder().canEncode(key)) {
      throw new IllegalArgumentException(quoted(key) + " can't be a key: it is not valid Unicode");
    }
    int length = key.getBytes(UTF_8).length;
    if (length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          quoted(key) + " can't be a key: " + length + " bytes, and at most 1024 are allowed");
    }
  }

  /**
   * Returns the parts of an address.
   *
   * @throws IllegalArgumentException if {@code text} is no address of an S3 object or bucket; the
   *     message says why
   */
  public static S3Uri parse(String text) {
    if (!text.startsWith(SCHEME)) {
      throw new IllegalArgumentException(
          quoted(text) + " is not an S3 address, which begins with s3://");
    }
    String names = text.substring(SCHEME.length());
    int slash = names.indexOf('/');
    return slash < 0
        ? new S3Uri(names, "")
        : new S3Uri(names.substring(0, slash), names.substring(slash + 1));
  }

  /**
   * Returns the address of an object given relative to the folder that this object lies in: the key
   * up to its last slash. {@code .} and {@code ..} in {@code relative} have their usual meaning.
   *
   * @throws IllegalArgumentException if {@code relative} is empty or absolute, or leads out of the
   *     bucket
   */
  public S3Uri resolve(String relative) {
    if (relative.isEmpty() || relative.startsWith("/") || relative.contains("://")) {
      throw new IllegalArgumentException(quoted(relative) + " is not a relative path");
    }
    Deque<String> names = new ArrayDeque<>();
    String folder = key.substring(0, key.lastIndexOf('/') + 1);
    if (!folder.isEmpty()) {
      names.addAll(List.of(folder.substring(0, folder.length() - 1).split("/", -1)));
    }
    for (String part : relative.split("/", -1)) {
      if (part.equals("..")) {
        if (names.pollLast() == null) {
          throw new IllegalArgumentException(
              quoted(relative) + " leads out of the bucket when it starts at " + this);
        }
      } else if (!part.equals(".")) {
        names.addLast(part);
      }
    }
    return new S3Uri(bucket, String.join("/", names));
  }

  /** Returns the address, from which {@link #parse} makes an equal one. */
  @Override
  public String toString() {
    return SCHEME + bucket + "/" + key;
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
