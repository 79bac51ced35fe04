package org.cytobeam.transforms.images;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import org.cytobeam.io.table.TextLine;
import org.cytobeam.io.table.TextLines;
import org.jspecify.annotations.Nullable;

/** A list with a name a line and nothing else. */
final class PlainNames implements NameTable.Names {

  private final TextLines lines;

  /** Opens a list; closes the channel with it. */
  PlainNames(String address, SeekableByteChannel channel) throws IOException {
    this.lines = TextLines.open(address, channel, NameTable.limits());
  }

  @Override
  public NameTable.@Nullable Name next() throws IOException {
    TextLine line = lines.next();
    return line == null
        ? null
        : new NameTable.Name("line " + line.number(), line.text(), line.problem());
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
