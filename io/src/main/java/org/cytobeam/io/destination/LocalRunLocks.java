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
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Run locks as file locks of the operating system.
 *
 * <p>Every process of a run locks one byte of the file: the one that began the run the first, those
 * that joined it one by chance. So whoever finds no byte locked knows that all of them have ended.
 *
 * <p>On POSIX systems a process loses its lock on a file when it closes <em>any</em> channel to it.
 * So a lock that this process holds is only ever looked up here, and destinations don't show lock
 * files.
 */
final class LocalRunLocks implements RunLocks {

  /**
   * The locks that this process holds, by their files; guarded by itself, as is all probing of
   * locks.
   */
  private static final Map<Path, HeldFile> HELD_HERE = new HashMap<>();

  private static final long FIRST_BYTE = 0;

  private static final Logger LOG = LoggerFactory.getLogger(LocalRunLocks.class);

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
    return new HeldLock(run, held(file, channel), true);
  }

  @Override
  public RunLock join(RunId run) throws IOException {
    Optional<Path> file = root.find(FilePath.runLock(run));
    if (file.isEmpty()) {
      throw new UnknownRunException(run, root.given().toString());
    }
    synchronized (HELD_HERE) {
      HeldFile held = HELD_HERE.get(file.get());
      return new HeldLock(run, held == null ? join(run, file.get()) : held, false);
    }
  }

  private HeldFile join(RunId run, Path file) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      throw new UnknownRunException(run, root.given().toString());
    }
    long byChance = ThreadLocalRandom.current().nextLong(FIRST_BYTE + 1, Long.MAX_VALUE - 1);
    try {
      // It waits for those who look: they hold the file for a moment. Closing unlocks.
      FileLock lock = channel.lock(byChance, 1, false);
      LOG.debug("Joined run {}: {}", run, lock);
    } catch (IOException | RuntimeException e) {
      try (channel) {
        throw e;
      }
    }
    return held(file, channel);
  }

  private static HeldFile held(Path file, FileChannel channel) {
    HeldFile held = new HeldFile(file, channel);
    HELD_HERE.put(file, held);
    return held;
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock(FIRST_BYTE, 1, false);
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
    return isLocked(file) || isLeftToOthers(file);
  }

  /** Whether it was left, and not long ago: a worker that goes says so too. */
  private static boolean isLeftToOthers(Path file) throws IOException {
    try {
      Instant left = Files.getLastModifiedTime(markOf(file)).toInstant();
      return left.plus(LEFT_ALONE).isAfter(Instant.now());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static Path markOf(Path file) {
    return file.resolveSibling(FilePath.LEFT);
  }

  private static boolean isLocked(Path file) throws IOException {
    synchronized (HELD_HERE) {
      if (HELD_HERE.containsKey(file)) {
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
  public void end(RunId run) throws IOException {
    Optional<Path> mark = root.find(FilePath.runLeft(run));
    if (mark.isPresent()) {
      Files.deleteIfExists(mark.get().resolveSibling(FilePath.LOCK));
      Files.deleteIfExists(mark.get());
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

  /** A file of which this process has locked a byte, for one or more that hold the run's lock. */
  private static final class HeldFile {

    private final Path file;
    private final FileChannel channel;
    private int holders;

    HeldFile(Path file, FileChannel channel) {
      this.file = file;
      this.channel = channel;
    }

    void release() throws IOException {
      holders--;
      if (holders == 0) {
        HELD_HERE.remove(file);
        channel.close();
      }
    }
  }

  /** Something that is done to files. */
  @FunctionalInterface
  private interface Step {
    void take() throws IOException;
  }

  private static final class HeldLock implements RunLock {

    private final RunId run;
    private final HeldFile held;
    private final boolean hasBegunTheRun;
    private boolean closed;

    HeldLock(RunId run, HeldFile held, boolean hasBegunTheRun) {
      this.run = run;
      this.held = held;
      this.hasBegunTheRun = hasBegunTheRun;
      held.holders++;
    }

    @Override
    public RunId run() {
      return run;
    }

    @Override
    public void leave() throws IOException {
      release(hasBegunTheRun ? () -> Files.write(markOf(held.file), new byte[0]) : this::mark);
    }

    @Override
    public void close() throws IOException {
      release(hasBegunTheRun ? () -> Files.deleteIfExists(held.file) : this::mark);
    }

    /** Says when the last process went that worked for a run which was left to others. */
    private void mark() throws IOException {
      try {
        Files.setLastModifiedTime(markOf(held.file), FileTime.from(Instant.now()));
      } catch (NoSuchFileException e) {
        LOG.debug("The process that began run {} waits for its end", run);
      }
    }

    private void release(Step before) throws IOException {
      synchronized (HELD_HERE) {
        if (closed) {
          return;
        }
        closed = true;
        try {
          before.take();
        } finally {
          held.release();
        }
      }
    }
  }
}
