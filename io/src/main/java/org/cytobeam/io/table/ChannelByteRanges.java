package org.cytobeam.io.table;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import org.cytobeam.io.bytes.ByteRanges;

/** Ranges over a channel. */
final class ChannelByteRanges implements ByteRanges {

  private final SeekableByteChannel channel;
  private final long size;

  ChannelByteRanges(SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Optional<String> identity() {
    return Optional.empty();
  }

  @Override
  public byte[] read(long offset, int length) throws IOException {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new EOFException("bytes " + offset + "+" + length + " lie outside the " + size);
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    channel.position(offset);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException("the channel ends before its own size of " + size + " bytes");
      }
    }
    return bytes.array();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
