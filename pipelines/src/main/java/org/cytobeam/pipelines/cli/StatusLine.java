package org.cytobeam.pipelines.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A terminal whose last line is a status, drawn anew time and again, while whole lines of others
 * pass above it.
 *
 * <p>Everything that writes to the terminal must go through this stream; then nothing is torn. What
 * is written without a line's end hides the status until that end comes. Safe for use by several
 * threads.
 */
final class StatusLine extends OutputStream {

  /** To the first column, and clear from there. */
  private static final byte[] ERASE = "\r\u001b[K".getBytes(UTF_8);

  private final OutputStream terminal;
  private byte[] status = new byte[0];
  private boolean drawn;
  private boolean lineIsOpen;
  private boolean ended;

  StatusLine(OutputStream terminal) {
    this.terminal = terminal;
  }

  /** Shows a status, which must fit on a line, until it is replaced; an empty one is none. */
  synchronized void show(String text) throws IOException {
    if (ended) {
      return;
    }
    status = text.getBytes(UTF_8);
    if (!lineIsOpen) {
      erase();
      draw();
    }
    terminal.flush();
  }

  /** Takes the status away and shows none any more. */
  synchronized void end() throws IOException {
    show("");
    ended = true;
  }

  @Override
  public synchronized void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return;
    }
    erase();
    terminal.write(bytes, from, length);
    lineIsOpen = bytes[from + length - 1] != '\n';
    if (!lineIsOpen) {
      draw();
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    terminal.flush();
  }

  private void erase() throws IOException {
    if (drawn) {
      terminal.write(ERASE);
      drawn = false;
    }
  }

  private void draw() throws IOException {
    if (status.length > 0) {
      terminal.write(status);
      drawn = true;
    }
  }
}
