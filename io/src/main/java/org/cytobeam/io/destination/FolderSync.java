package org.cytobeam.io.destination;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the names in folders survive a power cut: at once or, each folder once, at the end.
 *
 * <p>A name only survives if those of its folder and of all folders above do; so they are synced
 * with the first name in a folder. Holds one entry a folder that was written into.
 */
final class FolderSync {

  /**
   * Reasons that say that a file system can't sync folders, not that it failed to. PostgreSQL's
   * {@code fsync_fname} passes over the same ones.
   */
  private static final Set<String> CANNOT =
      Set.of("Invalid argument", "Bad file descriptor", "Operation not supported");

  /** Syncs one folder. */
  @FunctionalInterface
  interface Syncer {
    void sync(Path folder) throws IOException;
  }

  private final Durability durability;
  private final Syncer syncer;
  private final Set<Path> known = ConcurrentHashMap.newKeySet();
  private final Set<Path> pending = ConcurrentHashMap.newKeySet();

  FolderSync(Durability durability, Syncer syncer) {
    this.durability = durability;
    this.syncer = syncer;
  }

  /** Notes that a name was added to, or removed from, a folder in a root; both are real paths. */
  void changed(Path root, Path folder) throws IOException {
    if (durability == Durability.RUN) {
      remember(root, folder);
    } else if (known.contains(folder)) {
      syncer.sync(folder);
    } else {
      for (Path at : upTo(root, folder)) {
        syncer.sync(at);
      }
    }
    known.add(folder);
  }

  /** Notes that those who wrote into a folder may have died before they synced it. */
  void remember(Path root, Path folder) {
    if (known.contains(folder)) {
      pending.add(folder);
    } else {
      pending.addAll(upTo(root, folder));
    }
  }

  /** Syncs all folders that were noted since they were last synced. */
  synchronized void sync() throws IOException {
    for (Path folder : List.copyOf(pending)) {
      pending.remove(folder);
      try {
        syncer.sync(folder);
      } catch (IOException e) {
        pending.add(folder);
        throw e;
      }
    }
  }

  private static List<Path> upTo(Path root, Path folder) {
    List<Path> folders = new ArrayList<>();
    for (Path at = folder; at != null && at.startsWith(root); at = at.getParent()) {
      folders.add(at);
    }
    return folders;
  }

  /** Syncs one folder, where the system lets folders be opened (Windows does not). */
  static void sync(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (AccessDeniedException e) {
      return;
    }
    try (channel) {
      channel.force(true);
    } catch (IOException e) {
      if (!CANNOT.contains(e.getMessage())) {
        throw e;
      }
    }
  }
}
