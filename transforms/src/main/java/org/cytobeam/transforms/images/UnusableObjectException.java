package org.cytobeam.transforms.images;

import java.io.IOException;
import org.cytobeam.transforms.outcome.FailureClass;

/** An object that came whole and can't be the file that it is for. */
final class UnusableObjectException extends IOException {

  private static final long serialVersionUID = 1L;

  private final FailureClass failureClass;

  UnusableObjectException(FailureClass failureClass, String message) {
    super(message);
    this.failureClass = failureClass;
  }

  FailureClass failureClass() {
    return failureClass;
  }
}
