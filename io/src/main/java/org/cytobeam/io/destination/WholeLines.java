package org.cytobeam.io.destination;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;

/** The lines of a stream that have an end, cut to a length. */
final class WholeLines extends Spliterators.AbstractSpliterator<String> {

  private static final int BLOCK = 1 << 16;

  private final InputStream in;
  private final int maxBytes;
  private final byte[] block = new byte[BLOCK];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int position;
  private int filled;

  WholeLines(InputStream in, int maxBytes) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.in = in;
    this.maxBytes = maxBytes;
  }

  @Override
  public boolean tryAdvance(Consumer<? super String> action) {
    line.reset();
    while (fill()) {
      int start = position;
      while (position < filled && block[position] != '\n') {
        position++;
      }
      line.write(block, start, Math.min(position - start, maxBytes - line.size()));
      if (position < filled) {
        position++;
        action.accept(line.toString(UTF_8));
        return true;
      }
    }
    return false;
  }

  /** Returns whether there is a byte at the position. */
  private boolean fill() {
    if (position < filled) {
      return true;
    }
    try {
      position = 0;
      filled = in.read(block);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return filled > 0;
  }
}
