package org.cytobeam.io.destination;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Run locks as file locks of the operating system.
 *
 * <p>On POSIX systems a process loses its lock on a file when it closes <em>any</em> channel to it.
 * So a lock that this process holds is only ever looked up here, and destinations don't show lock
 * files.
 */
final class LocalRunLocks implements RunLocks {

  /** The lock files that this process holds; guarded by itself, as is all probing of locks. */
  private static final Set<Path> HELD_HERE = new HashSet<>();

  private final LocalRoot root;
  private final LocalFaults faults;

  LocalRunLocks(LocalRoot root, LocalFaults faults) {
    this.root = root;
    this.faults = faults;
  }

  @Override
  public RunLock acquire(RunId run) throws IOException {
    FilePath lock = FilePath.runLock(run);
    return faults.call(
        root.resolve(lock),
        () -> {
          Path folder = root.makeFolder(lock.folder());
          synchronized (HELD_HERE) {
            return acquire(run, folder);
          }
        });
  }

  /** Locks the file before it gets its name: whoever finds it free knows that the run has died. */
  private static HeldLock acquire(RunId run, Path folder) throws IOException {
    Path unlocked = folder.resolve(FilePath.newRunLock(run).name());
    Path file = folder.resolve(FilePath.runLock(run).name());
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    FileChannel channel =
        FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      lock(channel, file);
      Files.move(unlocked, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      try (channel) {
        Files.deleteIfExists(unlocked);
      }
      throw e;
    }
    HELD_HERE.add(file);
    return new HeldLock(run, file, channel);
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (IOException e) {
      throw new DestinationException(
          "The file system of "
              + file.getParent()
              + " knows no file locks. Mount it with locks (NFS: without nolock, Lustre: -o flock)"
              + " or name another folder.",
          e);
    }
    if (lock == null) {
      throw new FileAlreadyExistsException(file.toString());
    }
  }

  @Override
  public boolean isHeld(RunId run) throws IOException {
    Optional<Path> file = root.find(FilePath.runLock(run));
    return file.isPresent() && isHeld(file.get());
  }

  private static boolean isHeld(Path file) throws IOException {
    synchronized (HELD_HERE) {
      if (HELD_HERE.contains(file)) {
        return true;
      }
      // A shared lock needs no right to write and is not in the way of others who look.
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
          FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
        return lock == null;
      } catch (OverlappingFileLockException e) {
        return true;
      } catch (NoSuchFileException e) {
        return false;
      }
    }
  }

  @Override
  public Duration deathShowsWithin() {
    return Duration.ZERO;
  }

  @Override
  public List<RunId> runs() throws IOException {
    Optional<Path> folder = root.find(FilePath.RUNS);
    if (folder.isEmpty()) {
      return List.of();
    }
    List<RunId> runs = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder.get())) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(RunId::isRunId)
          .map(RunId::new)
          .sorted()
          .forEach(runs::add);
    }
    return runs;
  }

  private record HeldLock(RunId run, Path file, FileChannel channel) implements RunLock {

    @Override
    public void close() throws IOException {
      synchronized (HELD_HERE) {
        if (channel.isOpen()) {
          HELD_HERE.remove(file);
          try (channel) {
            Files.deleteIfExists(file);
          }
        }
      }
    }
  }
}
