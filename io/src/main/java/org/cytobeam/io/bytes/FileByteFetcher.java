package org.cytobeam.io.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Reads local files, in the thread that calls.
 *
 * <p>An address is an absolute path, taken as it stands, or a {@code file:} URI, whose path is
 * percent-decoded (RFC 8089). Only regular files are read, so that a pipe or a device can't hang a
 * run. A file's identity is its length and the time of its last change; a file that is another
 * after it has been read is {@link Reason#CHANGED}.
 */
public final class FileByteFetcher implements ByteFetcher {

  private final long maxBytes;

  /**
   * Creates a fetcher.
   *
   * @param maxBytes longest file that is read
   */
  public FileByteFetcher(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public CompletableFuture<FetchedBytes> fetch(String uri) {
    try {
      return CompletableFuture.completedFuture(read(uri, path(uri)));
    } catch (FetchException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public CompletableFuture<Long> length(String uri) {
    try {
      Path path = path(uri);
      return CompletableFuture.completedFuture(told(uri, () -> attributesOfFile(uri, path)).size());
    } catch (FetchException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void close() {}

  private static Path path(String uri) throws FetchException {
    try {
      Path path = Path.of(uri.startsWith("file:") ? decode(uri) : uri);
      if (path.isAbsolute()) {
        return path;
      }
    } catch (URISyntaxException | InvalidPathException e) {
      throw bad(uri, "is neither an absolute path nor a file: URI, " + e.getMessage(), e);
    }
    throw bad(uri, "is not an absolute path", null);
  }

  private static String decode(String uri) throws FetchException, URISyntaxException {
    URI parsed = new URI(uri);
    String host = parsed.getHost();
    String path = parsed.getPath();
    boolean local = host == null ? parsed.getAuthority() == null : host.equals("localhost");
    if (!local || path == null || parsed.getQuery() != null || parsed.getFragment() != null) {
      throw bad(
          uri,
          "is not the URI of a local file; '#', '?' and '%' in its name are %23, %3F and %25",
          null);
    }
    return path;
  }

  private FetchedBytes read(String uri, Path path) throws FetchException {
    return told(uri, () -> whole(uri, path));
  }

  private FetchedBytes whole(String uri, Path path) throws IOException {
    BasicFileAttributes before = attributesOfFile(uri, path);
    byte[] bytes = read(path, (int) before.size());
    String identity = identity(before);
    if (!identity(Files.readAttributes(path, BasicFileAttributes.class)).equals(identity)) {
      throw new FetchException(Reason.CHANGED, uri, "changed while it was read", 1, null);
    }
    if (bytes.length < before.size()) {
      String what = "ends after " + bytes.length + " of " + before.size() + " bytes";
      throw new FetchException(Reason.TRUNCATED, uri, what, 1, null);
    }
    return new FetchedBytes(bytes, identity, Integrity.LENGTH, 1);
  }

  private BasicFileAttributes attributesOfFile(String uri, Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw bad(uri, attributes.isDirectory() ? "is a folder" : "is not a regular file", null);
    }
    if (attributes.size() > maxBytes) {
      String what = "has " + attributes.size() + " bytes, more than the limit of " + maxBytes;
      throw new FetchException(Reason.TOO_LARGE, uri, what, 1, null);
    }
    return attributes;
  }

  /** Something that is read from a file. */
  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T told(String uri, Reading<T> reading) throws FetchException {
    try {
      return reading.read();
    } catch (FetchException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new FetchException(Reason.MISSING, uri, "there is no such file", 1, e);
    } catch (AccessDeniedException e) {
      throw new FetchException(Reason.DENIED, uri, "this user may not read the file", 1, e);
    } catch (IOException e) {
      throw new FetchException(Reason.FAILED, uri, e.toString(), 1, e);
    }
  }

  private static byte[] read(Path path, int length) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(length);
    }
  }

  private static String identity(BasicFileAttributes attributes) {
    return attributes.size() + "-" + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
  }

  private static FetchException bad(String uri, String what, @Nullable Throwable cause) {
    return new FetchException(Reason.BAD_ADDRESS, uri, what, 0, cause);
  }
}
