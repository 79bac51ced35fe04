package org.cytobeam.transforms.outcome;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.cytobeam.io.destination.Destination;

/** A copy of a destination's file on this machine, for readers that go to and fro in it. */
final class LocalCopy {

  private LocalCopy() {}

  /**
   * Returns a channel on a copy, at its beginning; empty if there is no such file. The copy goes
   * when the channel is closed, and even where this process is killed.
   */
  static Optional<FileChannel> of(Destination destination, String path) throws IOException {
    InputStream in;
    try {
      in = destination.open(path);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    // The folder for the copy may be absent, too, which must not look as if the file were.
    try (in) {
      return Optional.of(copy(in, Path.of(System.getProperty("java.io.tmpdir", ""))));
    }
  }

  private static FileChannel copy(InputStream in, Path folder) throws IOException {
    FileChannel copy =
        FileChannel.open(
            Files.createTempFile(folder, "cytobeam-", ".copy"),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      in.transferTo(Channels.newOutputStream(copy));
      return copy.position(0);
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }
}
