package org.cytobeam.transforms.table;

import java.io.FileNotFoundException;
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

  private static final List<String> SUFFIXES = List.of(".csv", ".csv.gz", ".parquet");

  /**
   * How often a place is listed whose listing can't be right. Pages can overlap when files come and
   * go; Beam's file system for S3 (2.70) throws then. And when one file has gone before it was
   * looked at, it finds none of the others.
   */
  private static final int LISTINGS = 3;

  private static final String WILDCARDS = "*?[";

  /** What {@link java.util.stream.Collectors#toMap} says, which Beam gathers a listing with. */
  private static final String DUPLICATE = "Duplicate key";

  /** A way of listing what a pattern means. */
  interface Listing {

    /** Lists once; nothing at all is no failure. */
    MatchResult of(String pattern) throws IOException;
  }

  private InputTables() {}

  /**
   * Returns the addresses of the tables, sorted; what is listed twice is one.
   *
   * @throws FileNotFoundException if there is none
   * @throws IOException if the place can't be looked at; the message says why
   */
  public static List<String> find(String input) throws IOException {
    return find(input, pattern -> FileSystems.match(pattern, EmptyMatchTreatment.ALLOW));
  }

  static List<String> find(String input, Listing listing) throws IOException {
    Optional<Path> folder = localFolder(input);
    List<String> found;
    if (folder.isPresent()) {
      found = tablesIn(folder.get());
    } else if (input.endsWith("/")) {
      found = matches(input + "*", listing).stream().filter(InputTables::isTable).toList();
    } else {
      found = matches(input, listing);
    }
    if (found.isEmpty()) {
      throw new FileNotFoundException(
          folder.isPresent() || input.endsWith("/")
              ? "there is no .csv, .csv.gz or .parquet file in this folder" + orGone(input)
              : "there is no such file" + orGone(input));
    }
    return found.stream().distinct().sorted().toList();
  }

  private static String orGone(String input) {
    return isS3(input) && isPattern(input) ? ", or one that is listed can't be found" : "";
  }

  private static boolean isS3(String input) {
    return input.startsWith("s3:");
  }

  private static boolean isPattern(String input) {
    return input.endsWith("/") || input.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
  }

  /** Beam would take brackets and asterisks in the folder's own name for a glob. */
  private static List<String> tablesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.toAbsolutePath().normalize())) {
      return files
          .filter(Files::isRegularFile)
          .map(Path::toString)
          .filter(InputTables::isTable)
          .toList();
    }
  }

  private static List<String> matches(String pattern, Listing listing) throws IOException {
    boolean mayBeWrong = isS3(pattern) && isPattern(pattern);
    List<String> found = List.of();
    for (int i = 0; found.isEmpty() && i < (mayBeWrong ? LISTINGS : 1); i++) {
      MatchResult match = match(pattern, listing);
      found =
          match.status() == MatchResult.Status.NOT_FOUND
              ? List.of()
              : match.metadata().stream().map(file -> file.resourceId().toString()).toList();
    }
    return found;
  }

  private static MatchResult match(String pattern, Listing listing) throws IOException {
    IllegalStateException last = new IllegalStateException(pattern);
    for (int i = 0; i < LISTINGS; i++) {
      try {
        return matchOnce(pattern, listing);
      } catch (IllegalStateException e) {
        if (!String.valueOf(e.getMessage()).startsWith(DUPLICATE)) {
          throw e;
        }
        last = e;
      }
    }
    throw new IOException("the server lists a file twice", last);
  }

  private static MatchResult matchOnce(String pattern, Listing listing) throws IOException {
    try {
      return listing.of(pattern);
    } catch (IOException e) {
      throw new IOException(reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new IOException("this kind of address can't be read", e);
    }
  }

  /** What the S3 client says of missing credentials fills a screen, and begins with class names. */
  private static String reason(IOException thrown) {
    String message = String.valueOf(thrown.getMessage());
    return message.contains("Unable to load credentials")
        ? "the bucket is not known as public, and no AWS credentials were found"
        : message.replaceFirst("^([a-z0-9]+\\.)+[A-Za-z]+Exception: ", "");
  }

  private static boolean isTable(String address) {
    String name = address.toLowerCase(Locale.ROOT);
    return SUFFIXES.stream().anyMatch(name::endsWith);
  }

  private static Optional<Path> localFolder(String input) {
    try {
      Path path = input.startsWith("file:/") ? Path.of(URI.create(input)) : Path.of(input);
      return isS3(input) ? Optional.empty() : Optional.of(path).filter(Files::isDirectory);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
