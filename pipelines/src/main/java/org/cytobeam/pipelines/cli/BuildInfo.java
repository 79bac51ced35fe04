package org.cytobeam.pipelines.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * Which Cytobeam this is, as the build wrote it down.
 *
 * @param version Cytobeam's own version
 * @param beam the version of Apache Beam that it was built with
 * @param commit the commit that it was built from, with {@code -dirty} if files differed from it;
 *     empty if the build was not told, as one outside the launcher
 */
public record BuildInfo(String version, String beam, String commit) {

  /** Reads what the build wrote. */
  public static BuildInfo read() {
    Properties properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
      properties.load(Objects.requireNonNull(in, "build.properties is missing from the jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BuildInfo(
        properties.getProperty("version"),
        properties.getProperty("beam"),
        properties.getProperty("commit"));
  }

  /** Returns one line for people: {@code cytobeam 1.0.0 (Beam 2.70.0, Java 17.0.15)}. */
  public String line() {
    return "cytobeam %s (Beam %s, Java %s)"
        .formatted(version, beam, Runtime.version().toString().replaceFirst("\\+.*", ""));
  }
}
