package org.cytobeam.io.destination;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/** A path of a {@link RecordedFileSystem}. */
record RecordedPath(RecordedFileSystem files, Path path) implements Path {

  static Path real(Path path) {
    return path instanceof RecordedPath recorded ? recorded.path : path;
  }

  private @Nullable Path wrap(@Nullable Path other) {
    return other == null ? null : files.wrap(other);
  }

  @Override
  public FileSystem getFileSystem() {
    return files;
  }

  @Override
  public boolean isAbsolute() {
    return path.isAbsolute();
  }

  @Override
  public @Nullable Path getRoot() {
    return wrap(path.getRoot());
  }

  @Override
  public @Nullable Path getFileName() {
    return wrap(path.getFileName());
  }

  @Override
  public @Nullable Path getParent() {
    return wrap(path.getParent());
  }

  @Override
  public int getNameCount() {
    return path.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return files.wrap(path.getName(index));
  }

  @Override
  public Path subpath(int begin, int end) {
    return files.wrap(path.subpath(begin, end));
  }

  @Override
  public boolean startsWith(Path other) {
    return path.startsWith(real(other));
  }

  @Override
  public boolean endsWith(Path other) {
    return path.endsWith(real(other));
  }

  @Override
  public Path normalize() {
    return files.wrap(path.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return files.wrap(path.resolve(real(other)));
  }

  @Override
  public Path relativize(Path other) {
    return files.wrap(path.relativize(real(other)));
  }

  @Override
  public URI toUri() {
    return path.toUri();
  }

  @Override
  public Path toAbsolutePath() {
    return files.wrap(path.toAbsolutePath());
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    return files.wrap(path.toRealPath(options));
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int compareTo(Path other) {
    return path.compareTo(real(other));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
