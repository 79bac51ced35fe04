package org.cytobeam.spark;

import java.util.List;
import org.cytobeam.testing.plate.PlateContract;

/** The Spark runner keeps what holds on every runner. */
final class SparkPlateTest extends PlateContract {

  @Override
  protected List<String> runnerOptions() {
    return List.of("--runner=SparkRunner", "--sparkMaster=local[2]");
  }
}
