package org.cytobeam.io.bytes;

import java.io.IOException;
import java.io.OutputStream;

/** Hands content on as it is. */
final class PlainOutput extends DecodedOutput {

  PlainOutput(OutputStream out, long maxBytes) {
    super(out, maxBytes);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    pass(bytes, offset, length);
  }

  @Override
  public void finish() {}
}
