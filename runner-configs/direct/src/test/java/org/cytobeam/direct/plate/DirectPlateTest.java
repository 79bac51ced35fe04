package org.cytobeam.direct.plate;

import java.util.List;
import org.cytobeam.testing.plate.PlateContract;

/** The direct runner keeps what holds on every runner. */
final class DirectPlateTest extends PlateContract {

  @Override
  protected List<String> runnerOptions() {
    return List.of("--runner=DirectRunner");
  }
}
