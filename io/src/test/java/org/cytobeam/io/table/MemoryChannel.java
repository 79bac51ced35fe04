package org.cytobeam.io.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;

/** A channel over an array that fails as a network would after some bytes, if told so. */
final class MemoryChannel implements SeekableByteChannel {

  private final byte[] bytes;
  private long failsAt;
  private long position;
  private boolean open = true;

  MemoryChannel(byte[] bytes) {
    this(bytes, Long.MAX_VALUE);
  }

  MemoryChannel(byte[] bytes, long failsAt) {
    this.bytes = bytes;
    this.failsAt = failsAt;
  }

  /** Makes every read from this byte on fail. */
  void failAt(long offset) {
    failsAt = offset;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
    if (position >= failsAt) {
      throw new IOException("connection reset");
    }
    if (position >= bytes.length) {
      return -1;
    }
    int count = (int) Math.min(into.remaining(), Math.min(bytes.length, failsAt) - position);
    into.put(bytes, (int) position, count);
    position += count;
    return count;
  }

  @Override
  public int write(ByteBuffer from) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
