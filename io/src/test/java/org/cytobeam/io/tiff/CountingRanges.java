package org.cytobeam.io.tiff;

import java.io.IOException;
import java.util.Optional;
import org.cytobeam.io.bytes.ByteRanges;

/** Ranges over an array that count what is asked of them. */
final class CountingRanges implements ByteRanges {

  private final ByteRanges ranges;
  private int requests;
  private long bytes;

  CountingRanges(byte[] file) {
    this.ranges = ByteRanges.of(file);
  }

  int requests() {
    return requests;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public long size() {
    return ranges.size();
  }

  @Override
  public Optional<String> identity() {
    return ranges.identity();
  }

  @Override
  public byte[] read(long offset, int length) throws IOException {
    requests++;
    bytes += length;
    return ranges.read(offset, length);
  }

  @Override
  public void close() {}
}
