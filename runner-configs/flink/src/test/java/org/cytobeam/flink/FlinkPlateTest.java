package org.cytobeam.flink;

import java.util.List;
import org.cytobeam.testing.plate.PlateContract;

/** {@code plate} on Flink in this process. */
final class FlinkPlateTest extends PlateContract {

  @Override
  protected List<String> runnerOptions() {
    return List.of("--runner=FlinkRunner", "--parallelism=3");
  }
}
