package org.cytobeam.io.destination;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.cytobeam.io.bytes.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Counts and hashes what passes through it, in blocks, to another stream.
 *
 * <p>Once a write has failed, every later call fails in the same way: content that swallows the
 * first exception can't make a file with a hole pass for a whole one. {@link #close} only flushes.
 */
final class HashedOutput extends OutputStream {

  private static final int BLOCK = 1 << 16;

  private final OutputStream out;
  private final MessageDigest digest = Hash.SHA256.digest();
  private final byte[] block = new byte[BLOCK];
  private int filled;
  private long size;
  private @Nullable IOException failure;

  HashedOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    if (filled == BLOCK) {
      flush();
    }
    block[filled++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > BLOCK - filled) {
      flush();
    }
    if (length >= BLOCK) {
      pass(bytes, offset, length);
    } else {
      System.arraycopy(bytes, offset, block, filled, length);
      filled += length;
    }
  }

  @Override
  public void flush() throws IOException {
    pass(block, 0, filled);
    filled = 0;
  }

  @Override
  public void close() throws IOException {
    flush();
  }

  /** Hands on what is left and returns the proof of everything written. */
  Proof finish() throws IOException {
    flush();
    return new Proof(size, Hash.hex(digest));
  }

  private void pass(byte[] bytes, int offset, int length) throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    digest.update(bytes, offset, length);
    size += length;
  }
}
