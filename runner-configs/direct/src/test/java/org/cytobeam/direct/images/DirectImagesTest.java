package org.cytobeam.direct.images;

import java.util.List;
import org.cytobeam.testing.copy.ImagesContract;

/** {@code images} on the direct runner. */
final class DirectImagesTest extends ImagesContract {

  @Override
  protected List<String> runnerOptions() {
    return List.of("--runner=DirectRunner");
  }
}
