package org.cytobeam.direct.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cytobeam.direct.plate.Records;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.s3.S3TestServer;

/** A bucket with small objects, tables that name them, and the command on both. */
final class ImagesBucket implements AutoCloseable {

  static final String NAME = "my-bucket";
  static final String PREFIX = "my-folder/";

  final S3TestServer server = S3TestServer.start().bucket(NAME);
  private final Path folder;

  /**
   * Starts a server.
   *
   * @param folder of the tables and the output
   */
  ImagesBucket(Path folder) {
    this.folder = folder;
  }

  /** Puts an object below the prefix whose bytes are its key and more. */
  ImagesBucket with(String... keys) {
    for (String key : keys) {
      server.put(NAME, PREFIX + key, bytes(key));
    }
    return this;
  }

  static byte[] bytes(String key) {
    return (key + "\0").repeat(100).getBytes(UTF_8);
  }

  /** Writes lines of JSON, each a name: it may have any characters. */
  Path jsonTable(String file, Collection<String> names) throws IOException {
    ObjectMapper json =
        new ObjectMapper().configure(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature(), true);
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      lines.append(json.writeValueAsString(name)).append('\n');
    }
    return Files.writeString(folder.resolve(file), lines);
  }

  /** Writes a list of names. */
  Path table(String file, String... names) throws IOException {
    return Files.writeString(folder.resolve(file), String.join("\n", names) + "\n");
  }

  Path out() {
    return folder.resolve("images");
  }

  /**
   * Returns the images in the output folder: their paths, and the keys of the objects whose bytes
   * they have.
   */
  SortedMap<String, String> images() throws IOException {
    SortedMap<String, String> images = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : files().files().entrySet()) {
      if (isImage(file.getKey())) {
        images.put(file.getKey(), key(file.getValue()));
      }
    }
    return images;
  }

  private static String key(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    int end = text.indexOf('\0');
    String key = end < 0 ? text : text.substring(0, end);
    return Arrays.equals(bytes, bytes(key)) ? key : "no whole object, " + bytes.length + " bytes";
  }

  /** Returns whether a path in the output folder is neither a record, nor a state, nor a log. */
  static boolean isImage(String path) {
    return !path.startsWith("_cytobeam/")
        && !path.equals("download_state.json")
        && !path.matches("logs/download_[0-9_-]+\\.log");
  }

  /** Returns the classes of all failures, by where the tables have the rows. */
  SortedMap<String, String> failures() throws IOException {
    SortedMap<String, String> classes = new TreeMap<>();
    for (Map<String, String> row : Records.failures(out())) {
      String input = row.getOrDefault("input", "");
      classes.put(input.substring(input.lastIndexOf('/') + 1), row.getOrDefault("class", ""));
    }
    return classes;
  }

  /** Returns the paths of files that were begun and never became whole. */
  List<String> temporaries() throws IOException {
    return files().files().keySet().stream().filter(path -> path.endsWith(".tmp")).toList();
  }

  OutputFiles files() throws IOException {
    return Files.exists(out()) ? OutputFiles.local(out()) : OutputFiles.none();
  }

  /** Returns the words of the documented command line, and more. */
  String[] words(Path table, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "images",
                "--csv-file",
                table.toString(),
                "--output-dir",
                out() + "/",
                "--s3-prefix",
                PREFIX,
                "--bucket",
                NAME));
    words.addAll(access());
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  List<String> access() {
    return List.of(
        "--endpoint=" + server.endpoint(),
        "--awsRegion=" + S3TestServer.REGION,
        "--s3_anonymous",
        "--s3_max_attempts=2",
        "--s3_retry_delay_seconds=0.01");
  }

  /** Runs the documented command line without a question. */
  CommandRun run(Path table, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.add("--auto-confirm");
    return CommandRun.of(words(table, all.toArray(String[]::new)));
  }

  /** Runs it where people type. */
  CommandRun typing(String input, Path table, String... more) {
    return CommandRun.typing(input, words(table, more));
  }

  /** Returns how many objects were asked for. */
  long fetched() {
    return server.requests().stream()
        .filter(request -> request.method().equals("GET") && !request.key().isEmpty())
        .count();
  }

  @Override
  public void close() {
    server.close();
  }
}
