package org.cytobeam.flink;

import java.util.List;
import org.cytobeam.testing.copy.ImagesContract;

/** {@code images} on Flink in this process. */
final class FlinkImagesTest extends ImagesContract {

  @Override
  protected List<String> runnerOptions() {
    return List.of("--runner=FlinkRunner", "--parallelism=3");
  }
}
