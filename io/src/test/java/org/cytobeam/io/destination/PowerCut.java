package org.cytobeam.io.destination;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.cytobeam.io.destination.RecordedDisk.Created;
import org.cytobeam.io.destination.RecordedDisk.Deleted;
import org.cytobeam.io.destination.RecordedDisk.Event;
import org.cytobeam.io.destination.RecordedDisk.FolderForced;
import org.cytobeam.io.destination.RecordedDisk.FolderMade;
import org.cytobeam.io.destination.RecordedDisk.Forced;
import org.cytobeam.io.destination.RecordedDisk.Noted;
import org.cytobeam.io.destination.RecordedDisk.Renamed;
import org.cytobeam.io.destination.RecordedDisk.Written;

/**
 * The files that a power cut may leave, as far as POSIX allows it, which is worse than what most
 * file systems do.
 *
 * <p>Of a file everything up to its last sync is there. What was written later may be there, or be
 * missing, or be zeros, or be there up to some byte. Of a folder all changes up to its last sync
 * are there. Of the later ones any may be missing, whatever became of the others; a rename happens
 * whole or not. What is in a folder whose own name is missing is gone.
 */
final class PowerCut {

  /** Up to so many changes all choices are made; of more, as many by chance. */
  private static final int MOST_TRIED = 9;

  private final Random random = new Random(4);

  /** By the files' numbers, which are given out in order; number 0 stands for all folders. */
  private final List<ByteArrayOutputStream> written =
      new ArrayList<>(List.of(new ByteArrayOutputStream()));

  private final List<Integer> forced = new ArrayList<>(List.of(0));
  private final Map<String, Map<String, Integer>> lasting = new HashMap<>();
  private final Map<String, List<Event>> pending = new TreeMap<>();

  /** What is to hold of each state, by the names of its files. */
  @FunctionalInterface
  interface Check {
    void of(Map<String, byte[]> files);
  }

  /** Cuts the power after each of some calls, and checks what may be left each time. */
  static long afterEach(List<Event> events, Check check) {
    PowerCut cut = new PowerCut();
    long states = cut.check(check);
    for (Event event : events) {
      cut.add(event);
      states += cut.check(check);
    }
    return states;
  }

  private void add(Event event) {
    if (event instanceof Created created) {
      written.add(new ByteArrayOutputStream());
      forced.add(0);
      pend(created.name(), event);
    } else if (event instanceof Written more) {
      written.get(more.file()).writeBytes(more.bytes());
    } else if (event instanceof Forced file) {
      forced.set(file.file(), written.get(file.file()).size());
    } else if (event instanceof FolderMade made) {
      pend(made.name(), event);
    } else if (event instanceof Renamed renamed) {
      pend(renamed.to(), event);
    } else if (event instanceof Deleted deleted) {
      pend(deleted.name(), event);
    } else if (event instanceof FolderForced folder) {
      Map<String, Integer> names = lasting.computeIfAbsent(folder.name(), any -> new HashMap<>());
      List<Event> changes = pending.remove(folder.name());
      if (changes != null) {
        changes.forEach(change -> apply(change, names));
      }
    } else if (event instanceof Noted noted) {
      noted.effect().run();
    }
  }

  private void pend(String name, Event change) {
    pending.computeIfAbsent(folderOf(name), any -> new ArrayList<>()).add(change);
  }

  private static String folderOf(String name) {
    return name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : "";
  }

  private static void apply(Event change, Map<String, Integer> names) {
    if (change instanceof Created created) {
      names.put(created.name(), created.file());
    } else if (change instanceof FolderMade made) {
      names.put(made.name(), 0);
    } else if (change instanceof Renamed renamed) {
      names.remove(renamed.from());
      names.put(renamed.to(), renamed.file());
    } else if (change instanceof Deleted deleted) {
      names.remove(deleted.name());
    }
  }

  private long check(Check check) {
    int changes = pending.values().stream().mapToInt(List::size).sum();
    long choices = 1L << Math.min(changes, MOST_TRIED);
    for (long choice = 0; choice < choices; choice++) {
      Map<String, Integer> names = names(changes <= MOST_TRIED ? choice : random.nextLong());
      for (Tail tail : Tail.values()) {
        check.of(files(names, tail));
      }
    }
    return choices * Tail.values().length;
  }

  private Map<String, Integer> names(long choice) {
    Map<String, Integer> names = new TreeMap<>();
    lasting.values().forEach(names::putAll);
    long rest = choice;
    for (List<Event> changes : pending.values()) {
      for (Event change : changes) {
        if ((rest & 1) == 1) {
          apply(change, names);
        }
        rest >>>= 1;
      }
    }
    return names;
  }

  private Map<String, byte[]> files(Map<String, Integer> names, Tail tail) {
    Map<String, byte[]> files = new TreeMap<>();
    names.forEach(
        (name, file) -> {
          if (file != 0 && isReached(name, names)) {
            files.put(name, tail.of(written.get(file).toByteArray(), forced.get(file)));
          }
        });
    return files;
  }

  private static boolean isReached(String name, Map<String, Integer> names) {
    String folder = folderOf(name);
    return folder.isEmpty() || (names.containsKey(folder) && isReached(folder, names));
  }

  /** What became of what was written since the last sync. */
  private enum Tail {
    THERE,
    LOST,
    ZEROS,
    HALF,
    HALF_ZEROS,
    ZEROS_FIRST;

    byte[] of(byte[] bytes, int synced) {
      byte[] left = bytes.clone();
      int half = synced + (bytes.length - synced) / 2;
      switch (this) {
        case THERE -> {}
        case LOST -> left = Arrays.copyOf(bytes, synced);
        case ZEROS -> Arrays.fill(left, synced, left.length, (byte) 0);
        case HALF -> left = Arrays.copyOf(bytes, half);
        case HALF_ZEROS -> Arrays.fill(left, half, left.length, (byte) 0);
        case ZEROS_FIRST -> Arrays.fill(left, synced, half, (byte) 0);
      }
      return left;
    }
  }
}
