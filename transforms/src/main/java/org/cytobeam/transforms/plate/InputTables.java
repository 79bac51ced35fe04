package org.cytobeam.transforms.plate;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * Finds the tables that an address, a folder or a glob means, on any file system that Beam knows.
 *
 * <p>In a folder, what ends in {@code .csv}, {@code .csv.gz} or {@code .parquet} is a table; a file
 * that is named itself, or by a glob, may have any name.
 */
public final class InputTables {

  private static final String FILE = "file:";
  private static final List<String> SUFFIXES = List.of(".csv", ".csv.gz", ".parquet");

  private InputTables() {}

  /**
   * Returns the addresses of the tables, sorted.
   *
   * @throws IOException if there is none, or the place can't be looked at; the message says so
   */
  public static List<String> find(String input) throws IOException {
    Optional<Path> local = localFolder(input);
    boolean folder = local.isPresent() || input.endsWith("/");
    List<String> files =
        input.isEmpty() ? List.of() : local.isPresent() ? files(local.get()) : match(input);
    List<String> found =
        files.stream().filter(address -> !folder || isTable(address)).sorted().toList();
    if (found.isEmpty()) {
      throw new IOException(
          folder
              ? "there is no .csv, .csv.gz or .parquet file in this folder"
              : "there is no such file");
    }
    return found;
  }

  private static boolean isTable(String address) {
    String name = address.toLowerCase(Locale.ROOT);
    return SUFFIXES.stream().anyMatch(name::endsWith);
  }

  private static Optional<Path> localFolder(String input) {
    try {
      if (input.isEmpty() || (input.contains("://") && !input.startsWith(FILE))) {
        return Optional.empty();
      }
      Path path = input.startsWith(FILE) ? Path.of(URI.create(input)) : Path.of(input);
      return Optional.of(path.toAbsolutePath()).filter(Files::isDirectory);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A folder's own name is no glob, whatever brackets it has. */
  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  private static List<String> match(String input) throws IOException {
    try {
      String pattern = input.endsWith("/") ? input + "*" : input;
      MatchResult match = FileSystems.match(pattern, EmptyMatchTreatment.ALLOW);
      return match.status() == MatchResult.Status.NOT_FOUND
          ? List.of()
          : match.metadata().stream().map(file -> file.resourceId().toString()).toList();
    } catch (IllegalArgumentException e) {
      throw new IOException("this is no address of a table: " + e.getMessage(), e);
    }
  }
}
