package org.cytobeam.flink;

import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.configuration.Configuration;

/** What {@code flink run} brings to a program that it starts. */
final class GivenCluster extends ExecutionEnvironment {

  private GivenCluster(Configuration settings) {
    super(settings);
  }

  /** Does something as a program that was started with these settings. */
  static void during(Configuration settings, Runnable program) {
    initializeContextEnvironment(() -> new GivenCluster(settings));
    try {
      program.run();
    } finally {
      resetContextEnvironment();
    }
  }
}
