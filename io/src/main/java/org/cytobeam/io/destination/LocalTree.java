package org.cytobeam.io.destination;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks over a folder that others write into at the same time. Symbolic links are not followed, and
 * what vanishes on the way was not there.
 */
final class LocalTree {

  /** Tells whether a run is alive. */
  @FunctionalInterface
  interface RunCheck {
    boolean isAlive(RunId run) throws IOException;
  }

  private LocalTree() {}

  /** Returns the paths of all regular files but temporaries and run locks, sorted. */
  static List<String> files(Path start, FilePath folder) throws IOException {
    List<String> paths = new ArrayList<>();
    Files.walkFileTree(
        start,
        new Walk() {
          @Override
          void visit(Path file) {
            FilePath path = folder;
            for (Path name : start.relativize(file)) {
              path = path.resolve(name.toString());
            }
            if (!path.isInternal()) {
              paths.add(path.toString());
            }
          }
        });
    paths.sort(null);
    return paths;
  }

  /** Deletes the temporaries of runs that are gone, and returns how many. */
  static long removeTemporaries(Path start, RunCheck runs) throws IOException {
    TemporaryRemoval removal = new TemporaryRemoval(runs);
    Files.walkFileTree(start, removal);
    return removal.removed;
  }

  /** Removes a folder and the folders in it, as far as they are empty. */
  static void removeEmptyFolders(Path start) throws IOException {
    Files.walkFileTree(
        start,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            removeIfEmpty(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Returns whether the folder is gone. */
  static boolean removeIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
      return true;
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
  }

  private abstract static class Walk extends SimpleFileVisitor<Path> {

    abstract void visit(Path file) throws IOException;

    @Override
    public final FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
        throws IOException {
      if (attributes.isRegularFile()) {
        visit(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public final FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }

  private static final class TemporaryRemoval extends Walk {

    private final RunCheck runs;
    private final Map<RunId, Boolean> alive = new HashMap<>();
    private long removed;

    TemporaryRemoval(RunCheck runs) {
      this.runs = runs;
    }

    @Override
    void visit(Path file) throws IOException {
      Optional<RunId> run = TemporaryName.runOf(file.getFileName().toString());
      if (run.isPresent() && !isAlive(run.get()) && Files.deleteIfExists(file)) {
        removed++;
      }
    }

    /** Asks about a run after its file was seen, because it took its lock before it wrote. */
    private boolean isAlive(RunId run) throws IOException {
      Boolean known = alive.get(run);
      if (known == null) {
        known = runs.isAlive(run);
        alive.put(run, known);
      }
      return known;
    }
  }
}
