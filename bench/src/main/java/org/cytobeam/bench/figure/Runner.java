package org.cytobeam.bench.figure;

/** What pipelines run on. */
enum Runner {
  /** Threads of the launcher's process. */
  DIRECT("the direct runner", "direct"),
  /** Flink, in the launcher's process or as a cluster. */
  FLINK("Flink", "flink"),
  /** Spark, in the launcher's process or as a cluster. */
  SPARK("Spark", "spark");

  private final String title;
  private final String module;

  Runner(String title, String module) {
    this.title = title;
    this.module = module;
  }

  /** Returns its name for people. */
  String title() {
    return title;
  }

  /** Returns the folder of its module, which is also its name for {@code --runner}. */
  String module() {
    return module;
  }
}
