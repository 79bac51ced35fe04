package org.cytobeam.io.destination;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of a disk below a folder, call by call, in the words in which POSIX promises
 * something about it. It can also be told to fail.
 *
 * <p>The calls are those that Java makes: code under test is given {@link #root()} and knows no
 * difference to the folder behind it. For use by one thread.
 */
final class RecordedDisk {

  /** One call. Names are relative to the root, that of the root is empty. */
  sealed interface Event {}

  /** A file, known by a number, got a name. */
  record Created(String name, int file) implements Event {}

  /** Bytes were added at the end of a file. */
  record Written(int file, byte[] bytes) implements Event {}

  /** A file was synced. */
  record Forced(int file) implements Event {}

  /** A folder was made. */
  record FolderMade(String name) implements Event {}

  /** A file's name changed, and what had the new name lost it. */
  record Renamed(String from, String to, int file) implements Event {}

  /** A name was removed. */
  record Deleted(String name) implements Event {}

  /** A folder was synced. */
  record FolderForced(String name) implements Event {}

  /** The test noted something. */
  record Noted(Runnable effect) implements Event {}

  private final Path folder;
  private final RecordedFileSystem files;
  private final List<Event> events = new ArrayList<>();
  private final Map<String, Integer> named = new HashMap<>();
  private int made;
  private @Nullable String fault;

  /** Creates a disk whose files really are in a folder. */
  RecordedDisk(Path folder) throws IOException {
    this.folder = folder.toRealPath();
    this.files = new RecordedFileSystem(this);
  }

  /** Returns the folder as code under test sees it. */
  Path root() {
    return files.wrap(folder);
  }

  /** Returns all calls so far. */
  List<Event> events() {
    return List.copyOf(events);
  }

  /** Lets whoever replays the calls do something at this point. */
  void note(Runnable effect) {
    events.add(new Noted(effect));
  }

  /** Lets every write fail from now on, as the operating system words it; null heals. */
  void failWrites(@Nullable String message) {
    fault = message;
  }

  void created(Path file) {
    made++;
    named.put(name(file), made);
    events.add(new Created(name(file), made));
  }

  void written(Path file, byte[] bytes) throws IOException {
    if (fault != null) {
      throw new IOException(fault);
    }
    events.add(new Written(number(file), bytes));
  }

  void forced(Path file) {
    Integer number = named.get(name(file));
    events.add(number == null ? new FolderForced(name(file)) : new Forced(number));
  }

  void folderMade(Path path) {
    events.add(new FolderMade(name(path)));
  }

  void renamed(Path from, Path to) {
    int number = number(from);
    named.remove(name(from));
    named.put(name(to), number);
    events.add(new Renamed(name(from), name(to), number));
  }

  void deleted(Path path) {
    named.remove(name(path));
    events.add(new Deleted(name(path)));
  }

  private String name(Path path) {
    return folder.relativize(path).toString();
  }

  private int number(Path file) {
    Integer number = named.get(name(file));
    if (number == null) {
      throw new IllegalStateException("no file was created as " + file);
    }
    return number;
  }
}
