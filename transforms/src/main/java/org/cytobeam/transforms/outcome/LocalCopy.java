package org.cytobeam.transforms.outcome;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.cytobeam.io.destination.Destination;

/** A copy of a destination's file on this machine, for readers that go to and fro in it. */
final class LocalCopy {

  private LocalCopy() {}

  /**
   * Returns a channel on a copy, at its beginning. The copy goes when the channel is closed, and
   * even where this process is killed.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such file
   */
  static FileChannel of(Destination destination, String path) throws IOException {
    try (InputStream in = destination.open(path)) {
      FileChannel copy =
          FileChannel.open(
              Files.createTempFile("cytobeam-", ".copy"),
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
}
