package org.cytobeam.io.destination;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A destination in a local or mounted folder, which is made with the first file.
 *
 * <p>A file is written under a {@linkplain TemporaryName temporary name} in its own folder, synced,
 * and renamed; a rename replaces a symbolic link and never writes through it.
 */
final class LocalDestination implements Destination {

  private final RunId run;
  private final LocalRoot root;
  private final LocalFaults faults;
  private final TemporaryName temporaries;
  private final FolderSync folders;

  LocalDestination(Path root, RunId run, Durability durability) {
    this.run = run;
    this.root = new LocalRoot(root, run);
    this.faults = new LocalFaults(root);
    this.temporaries = new TemporaryName(run);
    this.folders = new FolderSync(durability, FolderSync::sync);
  }

  @Override
  public String root() {
    return root.given().toString();
  }

  @Override
  public String address(String path) {
    return root.resolve(FilePath.of(path)).toString();
  }

  @Override
  public Proof put(String path, byte[] bytes) throws IOException {
    return put(path, out -> out.write(bytes));
  }

  @Override
  public Proof put(String path, Content content) throws IOException {
    FilePath file = FilePath.toWrite(path);
    Path folder = makeFolder(file);
    Path temporary = folder.resolve(temporaries.next(file.name()));
    Path target = folder.resolve(file.name());
    try {
      Proof proof = write(temporary, content);
      faults.run(target, () -> Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE));
      noteChange(folder);
      return proof;
    } catch (Throwable e) {
      removeAfter(e, temporary);
      throw e;
    }
  }

  @Override
  public OptionalLong size(String path) throws IOException {
    Optional<StoredFile> file = find(FilePath.of(path));
    return file.isPresent() ? OptionalLong.of(file.get().size()) : OptionalLong.empty();
  }

  @Override
  public boolean has(String path, Proof proof, Check check) throws IOException {
    Optional<StoredFile> found = find(FilePath.of(path));
    if (found.isEmpty() || found.get().size() != proof.size()) {
      return false;
    }
    StoredFile file = found.get();
    if (check == Check.SHA256) {
      try (InputStream in = file.open()) {
        if (!Proof.of(in).equals(proof)) {
          return false;
        }
      }
    }
    folders.remember(root.real().orElseThrow(), file.folder());
    return true;
  }

  @Override
  public InputStream open(String path) throws IOException {
    return find(FilePath.of(path)).orElseThrow(() -> new NoSuchFileException(address(path))).open();
  }

  @Override
  public List<String> list(String folder) throws IOException {
    FilePath top = FilePath.ofFolder(folder);
    Optional<Path> start = root.find(top);
    return start.isPresent() ? LocalTree.files(start.get(), top) : List.of();
  }

  @Override
  public void delete(String path) throws IOException {
    FilePath file = FilePath.toWrite(path);
    Optional<Path> folder = root.find(file.folder());
    if (folder.isEmpty()) {
      return;
    }
    Path there = folder.get().resolve(file.name());
    if (!Files.isDirectory(there, LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(there)) {
      noteChange(folder.get());
    }
  }

  @Override
  public LineLog log(String path) throws IOException {
    FilePath file = FilePath.toLog(path);
    Path folder = makeFolder(file);
    Path there = folder.resolve(file.name());
    LineLog log = faults.call(there, () -> new LocalLineLog(there, faults));
    noteChange(folder);
    return log;
  }

  @Override
  public long removeTemporaries(String folder) throws IOException {
    Optional<Path> start = root.find(FilePath.ofFolder(folder));
    if (start.isEmpty()) {
      return 0;
    }
    RunLocks locks = runLocks();
    return LocalTree.removeTemporaries(
        start.get(), writer -> writer.equals(run) || locks.isHeld(writer));
  }

  @Override
  public long removeOwnTemporaries() throws IOException {
    Optional<Path> start = root.find(FilePath.ofFolder(""));
    return start.isEmpty()
        ? 0
        : LocalTree.removeTemporaries(start.get(), writer -> !writer.equals(run));
  }

  @Override
  public void removeEmptyFolders(String folder) throws IOException {
    sync();
    Optional<Path> start = root.find(FilePath.ofFolder(folder));
    if (start.isPresent()) {
      LocalTree.removeEmptyFolders(start.get());
      root.removeEmpty(start.get().getParent());
    }
  }

  @Override
  public RunLocks runLocks() {
    return new LocalRunLocks(root, faults);
  }

  @Override
  public void sync() throws IOException {
    faults.run(root.given(), folders::sync);
  }

  @Override
  public void close() throws IOException {
    sync();
  }

  private Path makeFolder(FilePath file) throws IOException {
    FilePath folder = file.folder();
    return faults.call(root.resolve(folder), () -> root.makeFolder(folder));
  }

  private Proof write(Path temporary, Content content) throws IOException {
    try (FileChannel channel = faults.call(temporary, () -> createFile(temporary))) {
      HashedOutput out = new HashedOutput(new ExplainedOutput(channel, temporary));
      content.writeTo(out);
      Proof proof = out.finish();
      faults.run(temporary, () -> channel.force(true));
      return proof;
    }
  }

  private static FileChannel createFile(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private void noteChange(Path folder) throws IOException {
    Path realRoot = root.real().orElseThrow();
    faults.run(folder, () -> folders.changed(realRoot, folder));
  }

  private static void removeAfter(Throwable failure, Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private Optional<StoredFile> find(FilePath path) throws IOException {
    if (path.isRunLock()) {
      return Optional.empty();
    }
    Optional<Path> found = root.find(path);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try {
      var attributes = Files.readAttributes(found.get(), BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? Optional.of(new StoredFile(found.get(), attributes.size()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** A regular file under its real path. */
  private record StoredFile(Path path, long size) {

    Path folder() {
      return Objects.requireNonNull(path.getParent());
    }

    InputStream open() throws IOException {
      return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** Writes to a channel, so that faults of the disk are told from those of the content. */
  private final class ExplainedOutput extends OutputStream {

    private final FileChannel channel;
    private final Path file;

    ExplainedOutput(FileChannel channel, Path file) {
      this.channel = channel;
      this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
      faults.run(file, () -> writeAll(rest));
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }
}
