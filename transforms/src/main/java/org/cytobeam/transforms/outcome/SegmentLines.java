package org.cytobeam.transforms.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.cytobeam.io.destination.LineLogs;
import org.jspecify.annotations.Nullable;

/** The lines of a stream that have an end, and how many bytes they take there. */
final class SegmentLines {

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long bytes;

  /** Reads from where a stream stands; whoever opened it closes it. */
  SegmentLines(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER);
  }

  /**
   * Returns the next line without its end, cut to {@link LineLogs#MAX_LINE_BYTES}, or null if no
   * more have an end.
   */
  @Nullable String next() throws IOException {
    line.reset();
    long length = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      length++;
      if (next == '\n') {
        bytes += length;
        return line.toString(UTF_8);
      } else if (length <= LineLogs.MAX_LINE_BYTES) {
        line.write(next);
      }
    }
    return null;
  }

  /** Returns how many bytes the lines returned so far take, with their ends. */
  long bytes() {
    return bytes;
  }
}
