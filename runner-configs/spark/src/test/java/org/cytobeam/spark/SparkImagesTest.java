package org.cytobeam.spark;

import java.util.List;
import org.cytobeam.testing.copy.ImagesContract;

/** {@code images} on Spark in this process. */
final class SparkImagesTest extends ImagesContract {

  @Override
  protected List<String> runnerOptions() {
    return List.of("--runner=SparkRunner", "--sparkMaster=local[2]");
  }
}
