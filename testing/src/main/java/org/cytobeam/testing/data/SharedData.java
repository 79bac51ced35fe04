package org.cytobeam.testing.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Published images and tables that are too large, or not ours, to keep beside the code.
 *
 * <p>Their folder is named by the system property or the environment variable {@value #SETTING};
 * failing both it is the first {@code shared/data} beside the working directory or one of the
 * folders above it.
 */
public final class SharedData {

  private static final String SETTING = "CYTOBEAM_SHARED_DATA";

  private SharedData() {}

  /**
   * Returns a file or a folder of the shared data; aborts the calling test, with a message that
   * says what is missing, if there is none.
   *
   * @param relative path below the shared folder, with {@code /} between its names
   */
  public static Path require(String relative) {
    Optional<Path> found = find(relative);
    Assumptions.assumeTrue(
        found.isPresent(),
        () ->
            "shared data "
                + relative
                + " is not on this machine; "
                + SETTING
                + " names its folder");
    return found.orElseThrow();
  }

  /**
   * Returns a file or a folder of the shared data, or empty where there is none.
   *
   * @param relative path below the shared folder, with {@code /} between its names
   */
  public static Optional<Path> find(String relative) {
    return root().map(root -> root.resolve(relative)).filter(Files::exists);
  }

  private static Optional<Path> root() {
    String set = System.getProperty(SETTING, System.getenv(SETTING));
    return set == null || set.isBlank() ? besideWorkingDirectory() : Optional.of(Path.of(set));
  }

  private static Optional<Path> besideWorkingDirectory() {
    return Stream.iterate(Path.of("").toAbsolutePath(), dir -> dir != null, Path::getParent)
        .map(dir -> dir.resolve("shared").resolve("data"))
        .filter(Files::isDirectory)
        .findFirst();
  }
}
