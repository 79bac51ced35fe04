package org.cytobeam.io.destination;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A log in a local file: each line is one write at the file's end. */
final class LocalLineLog implements LineLog {

  private final Path file;
  private final LocalFaults faults;
  private final OutputStream out;
  private boolean torn;

  /** Makes the file, which must not be there. */
  LocalLineLog(Path file, LocalFaults faults) throws IOException {
    this.file = file;
    this.faults = faults;
    // Such a stream, unlike a FileChannel, is not closed when a thread is interrupted in a write:
    // the others go on.
    this.out =
        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
  }

  @Override
  public synchronized void append(String line) throws IOException {
    LineLogs.checkLine(line);
    // What a failed write left of a line is ended, so that it does not spoil this one.
    String start = torn ? "\n" : "";
    torn = true;
    faults.run(file, () -> out.write((start + line + "\n").getBytes(UTF_8)));
    torn = false;
  }

  /** Makes the lines survive a power cut. */
  @Override
  public void flush() throws IOException {
    faults.run(file, this::force);
  }

  @Override
  public void close() throws IOException {
    try (out) {
      flush();
    }
  }

  @Override
  public void discard() throws IOException {
    out.close();
  }

  private void force() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    } catch (NoSuchFileException e) {
      // Whoever took the lines over has removed the file: nothing of it is left to keep.
    }
  }
}
