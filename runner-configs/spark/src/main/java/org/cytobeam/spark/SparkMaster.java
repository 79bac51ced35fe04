package org.cytobeam.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where Spark's tasks run: what {@code --sparkMaster} says. */
final class SparkMaster {

  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d+|\\*)(?:\\s*,.*)?])?");

  private final String url;

  SparkMaster(String url) {
    this.url = url;
  }

  /**
   * Returns the one to take where nobody names one: that of {@code spark-submit}, else threads of
   * this process, one a core.
   *
   * @param maxWorkers the most threads
   */
  static String byDefault(int maxWorkers) {
    int threads = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), maxWorkers));
    return System.getProperty("spark.master", "local[" + threads + "]");
  }

  /** Returns whether tasks run in this process. */
  boolean isLocal() {
    return LOCAL.matcher(url).matches();
  }

  /** Returns how many tasks run at once in this process. */
  int localThreads() {
    Matcher local = LOCAL.matcher(url);
    if (!local.matches() || local.group(1) == null) {
      return 1;
    }
    return local.group(1).equals("*")
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(local.group(1));
  }

  @Override
  public String toString() {
    return url;
  }
}
