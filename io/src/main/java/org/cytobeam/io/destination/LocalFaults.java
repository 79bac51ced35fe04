package org.cytobeam.io.destination;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells what stops a whole run on a local folder from what concerns one file.
 *
 * <p>The system's reasons are text in the user's language, so the folder and its file system are
 * looked at first; English text is the last resort, for quotas and inodes that ran out.
 */
final class LocalFaults {

  /** With less than this left a disk counts as full: a write takes what there is, then fails. */
  private static final long FULL_BYTES = 1 << 20;

  private final Path root;

  LocalFaults(Path root) {
    this.root = root;
  }

  /** What may meet a fault, and returns something. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException;
  }

  /** What may meet a fault. */
  @FunctionalInterface
  interface Action {
    void run() throws IOException;
  }

  /**
   * Does something with a file or folder; faults that other files would meet too are thrown as
   * {@link DestinationException} with the mend, others as they are.
   */
  <T> T call(Path at, Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (DestinationException e) {
      throw e;
    } catch (IOException e) {
      Optional<String> mend = mend(e, at);
      throw mend.isPresent() ? new DestinationException(mend.get(), e) : e;
    }
  }

  /** As {@link #call}, for what returns nothing. */
  void run(Path at, Action action) throws IOException {
    call(
        at,
        () -> {
          action.run();
          return at;
        });
  }

  private Optional<String> mend(IOException fault, Path at) {
    Path there = nearest(root);
    if (!Files.isDirectory(there)) {
      return Optional.of(
          "Cannot write to " + root + ": " + there + " is a file. Name another folder.");
    }
    if (fault instanceof NoSuchFileException && Files.notExists(root)) {
      return Optional.of("The folder " + root + " has gone. Mount or make it again.");
    }
    try {
      FileStore store = Files.getFileStore(nearest(at));
      if (store.isReadOnly()) {
        return Optional.of(
            "Cannot write to "
                + root
                + ": "
                + store
                + " is mounted read-only. Name another folder.");
      }
      if (!Files.isWritable(there)) {
        return Optional.of(
            "No right to write to " + there + ". Change its permissions or name another folder.");
      }
      if (store.getUsableSpace() < FULL_BYTES) {
        return Optional.of(full("No space left on " + store));
      }
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
    return byText(fault);
  }

  private Optional<String> byText(IOException fault) {
    String text = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("no space left")) {
      return Optional.of(full("No space or no inodes left"));
    }
    if (text.contains("quota exceeded")) {
      return Optional.of(full("The disk quota is used up"));
    }
    if (text.contains("read-only file system")) {
      return Optional.of("Cannot write to " + root + ": mounted read-only. Name another folder.");
    }
    return Optional.empty();
  }

  private String full(String what) {
    return what + ", so nothing can be written to " + root + ". Make room and run it again.";
  }

  private static Path nearest(Path path) {
    Path at = path;
    while (Files.notExists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }
}
