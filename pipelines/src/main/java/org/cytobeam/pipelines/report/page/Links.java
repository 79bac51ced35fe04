package org.cytobeam.pipelines.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.pipelines.report.model.OutputFolder;

/** Where things are, seen from where the page lies: {@code _cytobeam/runs/<run>/report.html}. */
public final class Links {

  private static final String TO_ROOT = "../../../";

  private Links() {}

  /** Returns the reference to a file by its path in the output folder. */
  public static String toFile(String path) {
    return TO_ROOT
        + Arrays.stream(path.split("/", -1)).map(Links::segment).collect(Collectors.joining("/"));
  }

  /** Returns the reference to the page about another run. */
  public static String toRun(RunId run) {
    return "../" + run + "/" + OutputFolder.PAGE;
  }

  private static String segment(String name) {
    return URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }
}
