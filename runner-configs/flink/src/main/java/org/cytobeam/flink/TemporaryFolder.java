package org.cytobeam.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a Flink in this process keeps its files. Flink removes them itself, but after it has told
 * the end of a job, and perhaps not before the process has ended.
 */
final class TemporaryFolder {

  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);

  private static final String PREFIX = "cytobeam-flink-";

  private static @Nullable Path folder;

  private TemporaryFolder() {}

  /** Returns the folder of this process, which goes when that ends. */
  static synchronized Path untilExit() {
    Path known = folder;
    if (known == null) {
      known = create();
      folder = known;
    }
    return known;
  }

  private static Path create() {
    try {
      Path created = Files.createTempDirectory(PREFIX);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(created), "remove " + created));
      return created;
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for temporary files", e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      List<Path> deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("{} is still in use", folder, e);
    }
  }
}
