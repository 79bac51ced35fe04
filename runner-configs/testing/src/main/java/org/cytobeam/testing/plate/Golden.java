package org.cytobeam.testing.plate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The output that {@link PlateContract}'s plate has on every runner: the SHA-256 of each file
 * outside {@code _cytobeam}, and the rows of the manifest without what differs from run to run. It
 * is a file of this module; {@code -Dcytobeam.golden.write=true} writes it anew.
 */
final class Golden {

  private static final String NAME = "golden.txt";

  /** When, how long, how often, in which run. */
  private static final List<String> OF_ONE_RUN = List.of("at", "millis", "attempts", "run");

  private Golden() {}

  /** Compares an output folder with it. */
  static void check(OutputFiles output) throws IOException {
    String text = text(output);
    if (Boolean.getBoolean("cytobeam.golden.write")) {
      String folder = "../testing/src/main/resources/" + packagePath();
      Files.writeString(Path.of(folder, NAME), text);
    }
    try (InputStream in = Golden.class.getResourceAsStream(NAME)) {
      byte[] golden = Objects.requireNonNull(in, NAME).readAllBytes();
      List<String> expected = new String(golden, UTF_8).lines().toList();
      assertThat("lines too many", without(text.lines().toList(), expected), empty());
      assertThat("lines that are missing", without(expected, text.lines().toList()), empty());
    }
  }

  private static List<String> without(List<String> lines, List<String> others) {
    return lines.stream().filter(line -> !others.contains(line)).toList();
  }

  private static String packagePath() {
    return Golden.class.getPackageName().replace('.', '/');
  }

  private static String text(OutputFiles output) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> file : output.tree().entrySet()) {
      text.append(file.getValue()).append("  ").append(file.getKey()).append('\n');
    }
    for (JsonNode row : output.manifest().values()) {
      text.append(((ObjectNode) row).without(OF_ONE_RUN).toString()).append('\n');
    }
    return text.toString();
  }
}
