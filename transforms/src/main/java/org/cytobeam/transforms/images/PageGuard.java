package org.cytobeam.transforms.images;

import java.io.IOException;
import java.io.OutputStream;
import org.cytobeam.transforms.outcome.FailureClass;

/**
 * Holds the first bytes of a file back until it is clear that they are no page in place of a
 * picture. {@link #finish} ends the file; {@link #close} does nothing.
 */
final class PageGuard extends OutputStream {

  private final OutputStream out;
  private final byte[] head = new byte[ErrorPage.HEAD_BYTES];
  private int filled;
  private boolean isPassed;

  PageGuard(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int held = isPassed ? 0 : Math.min(length, head.length - filled);
    System.arraycopy(bytes, offset, head, filled, held);
    filled += held;
    if (!isPassed && filled == head.length) {
      pass();
    }
    if (length > held) {
      out.write(bytes, offset + held, length - held);
    }
  }

  /** Passes on what is held back of a short file. */
  void finish() throws IOException {
    if (!isPassed) {
      pass();
    }
  }

  private void pass() throws IOException {
    check(head, filled);
    out.write(head, 0, filled);
    filled = 0;
    isPassed = true;
  }

  /**
   * Looks at the first bytes of a picture.
   *
   * @throws UnusableObjectException if they are those of a page
   */
  static void check(byte[] bytes, int length) throws UnusableObjectException {
    if (ErrorPage.begins(bytes, length)) {
      throw new UnusableObjectException(
          FailureClass.NOT_AN_IMAGE, "a web page or an error message came in place of a picture");
    }
  }
}
