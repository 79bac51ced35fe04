package org.cytobeam.transforms.plate;

import java.io.Serializable;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.cytobeam.io.s3.S3Uri;
import org.jspecify.annotations.Nullable;

/**
 * Makes the addresses in a table absolute.
 *
 * <p>{@code s3://} and {@code file:} addresses stay as they are. A path without a scheme is a key
 * of the given bucket, if one was given; else it is relative to the folder of the table.
 *
 * @param table address of the table: {@code s3://…} or an absolute local name
 * @param bucket the bucket of paths that name none, or null
 */
record SourceAddresses(String table, @Nullable String bucket) implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String S3 = "s3://";
  private static final String FILE = "file:";

  /** Joins a folder, with or without a slash at its end, and a file name. */
  static String join(String folder, String name) {
    return folder.endsWith("/") ? folder + name : folder + "/" + name;
  }

  /**
   * Returns the absolute address.
   *
   * @throws IllegalArgumentException if it can't be one, with a message for the table's owner
   */
  String absolute(String address) {
    if (hasScheme(address)) {
      String scheme = address.substring(0, address.indexOf(':')).toLowerCase(Locale.ROOT);
      return switch (scheme) {
        case "s3" -> s3(address);
        case "file" -> FILE + address.substring(FILE.length());
        default -> throw new IllegalArgumentException("images can't be read over " + scheme);
      };
    }
    if (bucket != null) {
      return S3 + bucket + "/" + withoutLeadingSlash(address);
    }
    return table.startsWith(S3) ? besideS3Table(address) : besideLocalTable(address);
  }

  private static boolean hasScheme(String address) {
    int colon = address.indexOf(':');
    if (colon < 2) {
      return false;
    }
    return address.startsWith("//", colon + 1)
        || address.regionMatches(true, 0, FILE, 0, colon + 1);
  }

  private static String s3(String address) {
    String rest = address.substring(S3.length());
    int slash = rest.indexOf('/');
    if (slash < 1 || slash == rest.length() - 1) {
      throw new IllegalArgumentException("no bucket and key in \"" + address + "\"");
    }
    return S3 + rest;
  }

  private static String withoutLeadingSlash(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }

  private String besideS3Table(String path) {
    S3Uri uri = S3Uri.parse(table);
    return path.startsWith("/")
        ? new S3Uri(uri.bucket(), path.substring(1)).toString()
        : uri.resolve(path).toString();
  }

  private String besideLocalTable(String path) {
    try {
      URI uri = Path.of(table).resolveSibling(path).normalize().toUri();
      return uri.toString();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "\"" + path + "\" can't be the name of a file: " + e.getReason(), e);
    }
  }
}
