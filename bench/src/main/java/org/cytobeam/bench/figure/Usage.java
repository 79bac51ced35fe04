package org.cytobeam.bench.figure;

import java.time.Duration;

/**
 * What a process took from its start to its end.
 *
 * @param exitCode what it ended with
 * @param wall the time that passed
 * @param user the processors' time in the process and its children
 * @param system the processors' time in the kernel on their behalf
 * @param peakBytes the most memory that was resident; 0 where the system doesn't say
 */
record Usage(int exitCode, Duration wall, Duration user, Duration system, long peakBytes) {

  Duration cpu() {
    return user.plus(system);
  }
}
