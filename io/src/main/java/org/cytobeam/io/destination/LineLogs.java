package org.cytobeam.io.destination;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads what a {@link LineLog} has written. */
public final class LineLogs {

  /** The longest line that is read, in bytes; what a longer one has beyond is left out. */
  public static final int MAX_LINE_BYTES = 1 << 20;

  private LineLogs() {}

  /**
   * Returns the lines of one file of a log, without their ends.
   *
   * <p>A last line without an end is torn by the death of its writer and left out. Whatever else
   * the bytes are, they come as lines: those that are no UTF-8 are replaced by U+FFFD, and lines
   * are cut to {@link #MAX_LINE_BYTES}. The file is read as the stream goes on, holding one line.
   *
   * @return a stream to be closed; it throws {@link UncheckedIOException} when reading fails
   * @throws java.nio.file.NoSuchFileException if there is no such file
   */
  public static Stream<String> lines(Destination destination, String path) throws IOException {
    InputStream in = destination.open(path);
    return StreamSupport.stream(new WholeLines(in, MAX_LINE_BYTES), false).onClose(() -> close(in));
  }

  /** Throws {@link IllegalArgumentException} if a line has a line break in it. */
  static void checkLine(String line) {
    if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("a line of a log has a line break in it");
    }
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
