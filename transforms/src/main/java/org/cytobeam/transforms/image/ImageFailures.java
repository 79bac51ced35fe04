package org.cytobeam.transforms.image;

import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.transforms.outcome.FailureClass;

/** The class of failure that each reason of an {@link ImageException} is. */
final class ImageFailures {

  private ImageFailures() {}

  static FailureClass classOf(ImageException.Reason reason) {
    return switch (reason) {
      case NOT_AN_IMAGE -> FailureClass.NOT_AN_IMAGE;
      case TRUNCATED -> FailureClass.TRUNCATED;
      case UNDECODABLE -> FailureClass.UNDECODABLE;
      case UNSUPPORTED -> FailureClass.UNSUPPORTED;
      case TOO_LARGE -> FailureClass.TOO_LARGE;
      case ZERO_FILLED -> FailureClass.ZERO_FILLED;
    };
  }
}
