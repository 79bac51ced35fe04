package org.cytobeam.transforms.images;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A {@code download_state.json} that can't be read; the message says where and why. */
public final class DownloadStateException extends IOException {

  private static final long serialVersionUID = 1L;

  DownloadStateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
