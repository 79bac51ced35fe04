package org.cytobeam.testing.plate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cytobeam.io.table.ParquetTable;
import org.cytobeam.io.table.TableLimits;
import org.cytobeam.io.table.TypedRows;
import org.cytobeam.testing.s3.S3TestServer;

/**
 * Everything in an output folder, in memory.
 *
 * @param files bytes by path
 */
public record OutputFiles(SortedMap<String, byte[]> files) {

  /** Returns what is in a folder that is not there. */
  public static OutputFiles none() {
    return new OutputFiles(new TreeMap<>());
  }

  /** Reads a folder of this machine. A writer of a run that failed may still rename temporaries. */
  public static OutputFiles local(Path folder) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (String path : Tree.paths(folder)) {
      try {
        files.put(path, Files.readAllBytes(folder.resolve(path)));
      } catch (NoSuchFileException e) {
        if (!path.endsWith(".tmp")) {
          throw e;
        }
      }
    }
    return new OutputFiles(files);
  }

  /** Reads what lies under a prefix of a bucket. */
  public static OutputFiles s3(S3TestServer server, String bucket, String prefix) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (String key : server.keys(bucket)) {
      if (key.startsWith(prefix + "/")) {
        files.put(key.substring(prefix.length() + 1), server.get(bucket, key).orElseThrow());
      }
    }
    return new OutputFiles(files);
  }

  /** Returns the same without what writers that were killed have left of files. */
  public OutputFiles withoutTemporaries() {
    SortedMap<String, byte[]> whole = new TreeMap<>(files);
    whole.keySet().removeIf(path -> path.endsWith(".tmp"));
    return new OutputFiles(whole);
  }

  /** Returns the SHA-256 of the pixels of every PNG outside {@code _cytobeam}, by its path. */
  public SortedMap<String, String> pixels() throws IOException {
    SortedMap<String, String> pixels = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (file.getKey().endsWith(".png") && !file.getKey().startsWith("_cytobeam/")) {
        pixels.put(file.getKey(), Pixels.sha256(file.getValue()));
      }
    }
    return pixels;
  }

  /** Returns the SHA-256 of every file outside {@code _cytobeam}, by its path. */
  public SortedMap<String, String> tree() {
    SortedMap<String, String> tree = new TreeMap<>();
    files.forEach(
        (path, bytes) -> {
          if (!path.startsWith("_cytobeam/")) {
            tree.put(path, Pixels.sha256Of(bytes));
          }
        });
    return tree;
  }

  /** Returns the paths outside the folders of runs, whose names differ from run to run. */
  public List<String> lastingPaths() {
    return files.keySet().stream().filter(path -> !path.startsWith("_cytobeam/runs/")).toList();
  }

  /** Returns where the thumbnail of each image that is done would be, sorted. */
  public List<String> thumbnailsOfAll() throws IOException {
    return manifest().values().stream()
        .filter(row -> row.has("pixels_sha256"))
        .map(row -> row.get("pixels_sha256").asText().substring(0, 32))
        .map(name -> "_cytobeam/thumbnails/" + name + ".png")
        .distinct()
        .sorted()
        .toList();
  }

  /** Returns the paths in {@code _cytobeam/runs}, without the names of the runs. */
  public List<String> runFiles() {
    return files.keySet().stream()
        .filter(path -> path.startsWith("_cytobeam/runs/"))
        .map(path -> path.replaceFirst("_cytobeam/runs/[^/]*/", ""))
        .sorted()
        .toList();
  }

  /** Returns the files that runs have logged to, in the order they were begun. */
  public List<String> runLogs() {
    return files.keySet().stream()
        .filter(path -> path.matches("_cytobeam/runs/[^/]+/logs/.*"))
        .map(this::text)
        .toList();
  }

  /** Returns the bytes of a file that must be there. */
  public byte[] bytes(String path) {
    byte[] bytes = files.get(path);
    if (bytes == null) {
      throw new AssertionError("no " + path + " among " + files.keySet());
    }
    return bytes;
  }

  public String text(String path) {
    return new String(bytes(path), UTF_8);
  }

  /**
   * Returns a file as text, to look for words in it; with that of a Parquet file's packed pages.
   */
  public static String allTexts(String name, byte[] bytes) throws IOException {
    StringBuilder text = new StringBuilder(new String(bytes, ISO_8859_1));
    if (name.endsWith(".parquet")) {
      addRows(name, bytes, text);
    }
    return text.toString();
  }

  private static void addRows(String name, byte[] bytes, StringBuilder text) throws IOException {
    Path copy = Files.createTempFile("table", ".parquet");
    try {
      Files.write(copy, bytes);
      try (TypedRows rows =
          ParquetTable.read(name, Files.newByteChannel(copy), TableLimits.standard())) {
        text.append(rows.properties()).append(rows.columns());
        for (List<?> row = rows.next(); row != null; row = rows.next()) {
          text.append(row);
        }
      }
    } finally {
      Files.delete(copy);
    }
  }

  /** Returns the rows of the manifest by their ids. */
  public SortedMap<String, JsonNode> manifest() throws IOException {
    SortedMap<String, JsonNode> rows = new TreeMap<>();
    for (String line : text("_cytobeam/manifest.jsonl").lines().toList()) {
      JsonNode row = new ObjectMapper().readTree(line);
      rows.put(row.get("id").asText(), row);
    }
    return rows;
  }

  /** Returns the classes in {@code failures.csv}, by the paths of the outputs that are missing. */
  public SortedMap<String, String> failures() {
    return text("_cytobeam/failures.csv")
        .lines()
        .skip(1)
        .collect(
            Collectors.toMap(
                OutputFiles::id,
                line -> line.substring(0, line.indexOf(',')),
                (one, other) -> one + " and " + other,
                TreeMap::new));
  }

  /** The id is the only cell that ends so. */
  private static String id(String line) {
    return List.of(line.split(",", -1)).stream()
        .filter(cell -> cell.endsWith(".png"))
        .findFirst()
        .orElse(line);
  }
}
