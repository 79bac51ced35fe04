package org.cytobeam.bench.figure;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class MeasuredProcessTest {

  @Test
  void tellsTheExitCode() throws Exception {
    assertThat(MeasuredProcess.run(new ProcessBuilder("sh", "-c", "exit 3")).exitCode(), is(3));
  }
}
