package org.cytobeam.io.destination;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder that everything stays inside, and the way from it to a file.
 *
 * <p>Every path handed out is free of symbolic links up to its folder, and lies in the root: a link
 * that stays inside is followed, one that leads out is not.
 */
final class LocalRoot {

  /** A folder as it was named, and the run that found or made it. */
  private record Found(Path folder, RunId run) {}

  /**
   * What runs of this process have found or made. A run never makes its folder a second time: a
   * disk that went away would get a folder of the same name in its place.
   */
  private static final Set<Found> FOUND = ConcurrentHashMap.newKeySet();

  private final Path given;
  private final RunId run;
  private volatile @Nullable Path real;

  /** The folders that were made for the root, it itself the last. */
  private volatile List<Path> made = List.of();

  LocalRoot(Path given, RunId run) {
    this.given = given;
    this.run = run;
  }

  /** Returns the root as it was named. */
  Path given() {
    return given;
  }

  /** Returns what a path names, links or not. */
  Path resolve(FilePath path) {
    return resolve(given, path);
  }

  /** Returns the root's real path, or empty while there is no such folder. */
  Optional<Path> real() throws IOException {
    if (real == null && Files.isDirectory(given)) {
      real = given.toRealPath();
      FOUND.add(new Found(given, run));
    }
    return Optional.ofNullable(real);
  }

  /** Returns the real path of a folder, which is made if it is not there. */
  Path makeFolder(FilePath folder) throws IOException {
    Path root = makeRoot();
    try {
      return inside(root, resolve(root, folder));
    } catch (NoSuchFileException e) {
      return makeFolders(root, folder);
    }
  }

  /** Returns the real path of what is there, or empty if nothing is, or only outside the root. */
  Optional<Path> find(FilePath path) throws IOException {
    Optional<Path> root = real();
    if (root.isEmpty()) {
      return Optional.empty();
    }
    Path wanted = resolve(root.get(), path);
    try {
      return Optional.of(wanted.toRealPath()).filter(found -> found.startsWith(root.get()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      if (isBelowFile(wanted)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Path makeRoot() throws IOException {
    Optional<Path> there = real();
    if (there.isPresent()) {
      return there.get();
    }
    if (FOUND.contains(new Found(given, run))) {
      throw new NoSuchFileException(given.toString());
    }
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = given; at != null && Files.notExists(at); at = at.getParent()) {
      missing.push(at);
    }
    List<Path> makes = new ArrayList<>();
    for (Path folder : missing) {
      if (makeIfMissing(folder)) {
        makes.add(folder);
      }
      Path parent = folder.getParent();
      if (parent != null) {
        FolderSync.sync(parent);
      }
    }
    made = List.copyOf(makes);
    return real().orElseThrow(() -> new NotDirectoryException(given.toString()));
  }

  /**
   * Removes a folder, and those above it, as long as they are empty and below the root; the root
   * too if it was made here.
   */
  void removeEmpty(@Nullable Path folder) throws IOException {
    Path root = real().orElse(null);
    Path at = folder;
    while (root != null && at != null && at.startsWith(root) && !at.equals(root)) {
      if (!LocalTree.removeIfEmpty(at)) {
        return;
      }
      at = at.getParent();
    }
    for (int i = made.size() - 1; i >= 0 && LocalTree.removeIfEmpty(made.get(i)); i--) {}
  }

  private static Path makeFolders(Path root, FilePath folder) throws IOException {
    Path at = root;
    for (String name : folder.names()) {
      Path next = at.resolve(name);
      at = makeIfMissing(next) ? next : inside(root, next);
      if (!Files.isDirectory(at)) {
        throw new NotDirectoryException(at.toString());
      }
    }
    return at;
  }

  /** Returns whether the folder was made; something else may have that name. */
  private static boolean makeIfMissing(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static Path inside(Path root, Path path) throws IOException {
    Path found = path.toRealPath();
    if (!found.startsWith(root)) {
      throw new FileSystemException(
          path.toString(), found.toString(), "a symbolic link leads out of " + root);
    }
    return found;
  }

  /** Resolves name by name, because a system may see a separator or a drive in a name. */
  private static Path resolve(Path root, FilePath path) {
    Path at = root;
    for (String name : path.names()) {
      Path next = at.resolve(name);
      if (!at.equals(next.getParent())) {
        throw new InvalidPathException(path.toString(), "not a file name here");
      }
      at = next;
    }
    return at;
  }

  private static boolean isBelowFile(Path path) {
    for (Path at = path.getParent(); at != null; at = at.getParent()) {
      if (Files.exists(at)) {
        return !Files.isDirectory(at);
      }
    }
    return false;
  }
}
