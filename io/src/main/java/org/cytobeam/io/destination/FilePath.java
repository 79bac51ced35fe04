package org.cytobeam.io.destination;

import java.util.ArrayList;
import java.util.List;

/**
 * A checked path inside a destination.
 *
 * @param names the names of its folders and, last, of its file; empty for the root itself
 */
record FilePath(List<String> names) {

  /** The folder in which only runs write. */
  static final FilePath RECORDS = new FilePath(List.of(Destination.RECORDS));

  /** The folder that has a folder for each run. */
  static final FilePath RUNS = RECORDS.resolve("runs");

  private static final FilePath ROOT = new FilePath(List.of());
  static final String LOCK = "lock";
  private static final String NEW_LOCK = "lock.new";
  static final String LEFT = "lock.left";

  /**
   * Splits and checks the path of a file.
   *
   * @throws IllegalArgumentException if a name is empty, {@code .}, {@code ..} or has a NUL
   */
  static FilePath of(String path) {
    if (!isPath(path)) {
      throw new IllegalArgumentException("not a path inside the destination: '" + path + "'");
    }
    return new FilePath(namesIn(path));
  }

  /** Returns whether {@link #of} takes a text. */
  static boolean isPath(String text) {
    return namesIn(text).stream()
        .noneMatch(
            name ->
                name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0);
  }

  private static List<String> namesIn(String path) {
    return List.of(path.split("/", -1));
  }

  /** As {@link #of}, for a file to write; temporaries and locks can't be written as such. */
  static FilePath toWrite(String path) {
    FilePath file = of(path);
    if (file.isInternal()) {
      throw new IllegalArgumentException("a name that stands for something else: '" + path + "'");
    }
    return file;
  }

  /** As {@link #toWrite}, for a log: its name has an extension. */
  static FilePath toLog(String path) {
    FilePath file = toWrite(path);
    int dot = file.name().lastIndexOf('.');
    if (dot < 1 || dot == file.name().length() - 1) {
      throw new IllegalArgumentException(
          "the path of a log has an extension, such as .jsonl; this has none: '" + path + "'");
    }
    return file;
  }

  /** As {@link #of}, for a folder; an empty path is the root. */
  static FilePath ofFolder(String path) {
    return path.isEmpty() ? ROOT : of(path);
  }

  /** Returns the path of the lock of a run. */
  static FilePath runLock(RunId run) {
    return RUNS.resolve(run.value()).resolve(LOCK);
  }

  /** Returns the path that the lock of a run has before it is locked. */
  static FilePath newRunLock(RunId run) {
    return RUNS.resolve(run.value()).resolve(NEW_LOCK);
  }

  /** Returns the path of what says that the process which began a run has left it to others. */
  static FilePath runLeft(RunId run) {
    return RUNS.resolve(run.value()).resolve(LEFT);
  }

  /** Returns the name of the file. */
  String name() {
    return names.get(names.size() - 1);
  }

  /** Returns the folder that the file is in. */
  FilePath folder() {
    return new FilePath(names.subList(0, names.size() - 1));
  }

  /** Returns the path of something in this folder. */
  FilePath resolve(String name) {
    List<String> all = new ArrayList<>(names);
    all.add(name);
    return new FilePath(List.copyOf(all));
  }

  /** Returns whether this is a folder, or lies in it at any depth. */
  boolean isIn(FilePath folder) {
    int depth = folder.names.size();
    return names.size() >= depth && names.subList(0, depth).equals(folder.names);
  }

  /** Returns whether a file is one that a destination keeps for itself and never shows. */
  boolean isInternal() {
    return isRunLock() || TemporaryName.runOf(name()).isPresent();
  }

  /** Returns whether this is the lock of a run, or will be. */
  boolean isRunLock() {
    return names.size() == RUNS.names.size() + 2
        && names.subList(0, RUNS.names.size()).equals(RUNS.names)
        && (name().equals(LOCK) || name().equals(NEW_LOCK) || name().equals(LEFT));
  }

  /** Returns the names with {@code /} between them. */
  @Override
  public String toString() {
    return String.join("/", names);
  }
}
