package org.cytobeam.io.bytes;

import java.io.IOException;
import java.io.OutputStream;
import org.cytobeam.io.bytes.ContentCodingException.Reason;

/**
 * Takes encoded content, and hands the decoded on to another stream, but no more than a limit.
 *
 * <p>Once a call has failed with a {@link ContentCodingException}, nothing more is to be written.
 * {@link #close} gives memory back, and neither flushes nor closes the other stream. Not safe for
 * use by several threads.
 */
public abstract sealed class DecodedOutput extends OutputStream
    permits GunzippedOutput, PlainOutput {

  private final OutputStream out;
  private final long maxBytes;
  private long decoded;

  DecodedOutput(OutputStream out, long maxBytes) {
    this.out = out;
    this.maxBytes = maxBytes;
  }

  @Override
  public final void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /**
   * Tells that this was all.
   *
   * @throws ContentCodingException with {@link Reason#DAMAGED} if something is missing
   */
  public abstract void finish() throws ContentCodingException;

  /** Returns how many bytes have been decoded. */
  public final long decodedBytes() {
    return decoded;
  }

  /** Hands decoded bytes on. */
  final void pass(byte[] bytes, int offset, int length) throws IOException {
    if (length > maxBytes - decoded) {
      throw new ContentCodingException(
          Reason.TOO_LARGE, "the content has more than " + maxBytes + " bytes when it is decoded");
    }
    decoded += length;
    out.write(bytes, offset, length);
  }

  @Override
  public void close() {}
}
