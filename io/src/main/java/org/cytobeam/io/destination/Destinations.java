package org.cytobeam.io.destination;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.cytobeam.io.s3.S3Clients;
import org.cytobeam.io.s3.S3Settings;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Opens destinations. */
public final class Destinations {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");

  private Destinations() {}

  /**
   * Opens a destination, with an S3 client of its own if it is there; nothing is made or asked for
   * before the first file.
   *
   * @throws IllegalArgumentException if the root is neither a folder nor an S3 address
   */
  public static Destination open(DestinationSettings settings) {
    return open(settings, S3Clients::async);
  }

  /**
   * As {@link #open(DestinationSettings)}.
   *
   * @param clients makes the S3 client, which is closed with the destination
   */
  public static Destination open(
      DestinationSettings settings, Function<S3Settings, S3AsyncClient> clients) {
    String root = settings.root();
    if (root.startsWith("s3://")) {
      S3Prefix where = S3Prefix.parse(root);
      return new S3Destination(
          clients.apply(settings.s3()), where, settings.run(), DaemonTicker::new);
    }
    return new LocalDestination(folder(root), settings.run(), settings.durability());
  }

  /**
   * Returns whether a root is written as a folder or an S3 address; whether it is there counts not.
   */
  public static boolean isRoot(String root) {
    try {
      if (root.startsWith("s3://")) {
        S3Prefix.parse(root);
      } else {
        folder(root);
      }
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Returns the one spelling of a root, {@link Destination#root()}, so that roots that are written
   * differently and lead to the same place are equal; what is no root is returned as it is.
   */
  public static String canonical(String root) {
    if (!isRoot(root)) {
      return root;
    }
    return root.startsWith("s3://") ? S3Prefix.parse(root).toString() : folder(root).toString();
  }

  /**
   * Returns why no file can be put below a local root, as far as looking tells: it, or the nearest
   * folder above it that is there, is no folder or is not writable. Empty for S3, where only trying
   * tells.
   *
   * @throws IllegalArgumentException if the root is neither a folder nor an S3 address
   */
  public static Optional<String> obstacle(String root) {
    if (root.startsWith("s3://")) {
      return Optional.empty();
    }
    Path nearest = nearest(root);
    if (!Files.isDirectory(nearest)) {
      return Optional.of(nearest + " is not a folder");
    }
    return Files.isWritable(nearest) ? Optional.empty() : Optional.of(nearest + " is not writable");
  }

  /**
   * Returns how many bytes there is room for below a root; empty if that can't be told, as for S3.
   */
  public static OptionalLong room(String root) {
    if (root.startsWith("s3://")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Files.getFileStore(nearest(root)).getUsableSpace());
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** Returns the folder itself, or the nearest one above it that is there. */
  private static Path nearest(String root) {
    Path nearest = folder(root);
    while (nearest.getParent() != null && !Files.exists(nearest, LinkOption.NOFOLLOW_LINKS)) {
      nearest = nearest.getParent();
    }
    return nearest;
  }

  private static Path folder(String root) {
    if (root.startsWith("file:/")) {
      return Path.of(URI.create(root)).normalize();
    }
    if (root.isEmpty() || SCHEME.matcher(root).matches()) {
      throw new IllegalArgumentException(
          "Output goes to a folder or to s3://bucket/prefix, not to '" + root + "'");
    }
    return Path.of(root).toAbsolutePath().normalize();
  }
}
