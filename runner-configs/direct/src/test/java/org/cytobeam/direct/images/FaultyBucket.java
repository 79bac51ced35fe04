package org.cytobeam.direct.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.Pixels;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.S3TestServer;
import org.cytobeam.transforms.images.Lookup;

/**
 * A bucket whose objects a table names, a server that gives them badly, and what the command makes
 * of that. Each request is tried {@value #TRIES} times.
 */
final class FaultyBucket implements AutoCloseable {

  static final String NAME = "our-bucket";
  static final String PREFIX = "my-folder/";
  static final int TRIES = 3;

  /** An object of that length is fetched whole. */
  static final int SMALL = 1_000;

  /** One of that length is asked for by a HEAD and read in {@value #RANGES} ranges of 8 MiB. */
  static final int LARGE = 17 << 20;

  static final int RANGES = 3;

  final S3TestServer server = S3TestServer.start();
  private final Path folder;
  private final boolean isSigned;
  private final SortedMap<String, String> expected = new TreeMap<>();

  /**
   * Starts a server.
   *
   * @param folder of the table and the output
   */
  FaultyBucket(Path folder, Access access) {
    this.folder = folder;
    this.isSigned = access == Access.SIGNED;
    server.bucket(NAME, access);
  }

  /** Puts an object of noise that the table names, whose file is expected. */
  byte[] put(String name, int bytes) {
    byte[] content = noise(name, bytes);
    put(name, content);
    return content;
  }

  /** Puts an object that the table names, whose file is expected. */
  void put(String name, byte[] content) {
    server.put(NAME, PREFIX + name, content);
    expect(name, content);
  }

  /** Puts an object with an ETag and headers that the table names, whose file is expected. */
  void put(String name, byte[] content, String etag, Map<String, String> headers) {
    server.put(NAME, PREFIX + name, content, etag, headers);
    expect(name, content);
  }

  /** Expects a file of a name of the table. */
  void expect(String name, byte[] content) {
    expected.put(name, Pixels.sha256Of(content));
  }

  static byte[] noise(String seed, int bytes) {
    byte[] content = new byte[bytes];
    new Random(seed.hashCode()).nextBytes(content);
    return content;
  }

  void script(String name, Fault... inOrder) {
    server.script(NAME, PREFIX + name, inOrder);
  }

  void always(String name, Fault fault) {
    server.always(NAME, PREFIX + name, fault);
  }

  int gets(String name) {
    return server.count("GET", NAME, PREFIX + name);
  }

  int heads(String name) {
    return server.count("HEAD", NAME, PREFIX + name);
  }

  /** Returns the ranges that were asked for, in no certain order; "all" for the whole. */
  List<String> ranges(String name) {
    return server.requests(NAME, PREFIX + name).stream()
        .filter(request -> request.method().equals("GET"))
        .map(request -> request.range().orElse("all"))
        .sorted()
        .toList();
  }

  /** Returns how many pages of a listing were asked for. */
  int pages() {
    return server.count("GET", NAME, "");
  }

  CommandRun run(Lookup lookup, String... more) throws IOException {
    return runAt(server.endpoint(), lookup, more);
  }

  CommandRun runAt(URI endpoint, Lookup lookup, String... more) throws IOException {
    Path table = folder.resolve("names.csv");
    Files.write(table, expected.keySet());
    List<String> words =
        new ArrayList<>(
            List.of(
                "images",
                "--csv_file=" + table,
                "--output_dir=" + out(),
                "--s3_prefix=" + PREFIX,
                "--bucket=" + NAME,
                "--match=key",
                "--lookup=" + lookup.name().toLowerCase(Locale.ROOT),
                "--auto_confirm",
                "--endpoint=" + endpoint,
                "--s3_max_attempts=" + TRIES,
                "--s3_retry_delay_seconds=0.01"));
    words.add(isSigned ? "--no_s3_anonymous" : "--s3_anonymous");
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray(String[]::new));
  }

  Path out() {
    return folder.resolve("out");
  }

  OutputFiles files() throws IOException {
    return Files.exists(out()) ? OutputFiles.local(out()) : OutputFiles.none();
  }

  /** Returns the SHA-256 of all files that are neither records nor state nor logs. */
  SortedMap<String, String> pictures() throws IOException {
    SortedMap<String, String> pictures = files().tree();
    pictures.keySet().removeIf(p -> p.startsWith("logs/") || p.equals("download_state.json"));
    return pictures;
  }

  /** Asserts that a run has copied every object of the table, and left nothing else. */
  void assertAllDone(CommandRun run) throws IOException {
    assertLeft(run, Map.of());
  }

  /**
   * Asserts that a run has gone to its end, with these failures and all other files.
   *
   * @param failures classes by name
   */
  void assertLeft(CommandRun run, Map<String, String> failures) throws IOException {
    ExitCode code = failures.isEmpty() ? ExitCode.DONE : ExitCode.INCOMPLETE;
    assertThat(run.err(), run.code(), is(code));
    SortedMap<String, String> files = new TreeMap<>(expected);
    files.keySet().removeAll(failures.keySet());
    assertThat(column("class"), is(new TreeMap<>(failures)));
    assertThat(pictures(), is(files));
    assertNoTemporaries();
  }

  /** Asserts that the run itself has failed, in words for people, with nothing marked as failed. */
  void assertAborted(CommandRun run, String... parts) throws IOException {
    assertThat(run.err(), run.code(), is(ExitCode.FAILED));
    assertThat(run.err(), not(containsString("\tat ")));
    for (String part : parts) {
      assertThat(run.err(), containsStringIgnoringCase(part));
    }
    OutputFiles left = files();
    for (String path : left.files().keySet()) {
      if (path.startsWith("_cytobeam/journal/")) {
        assertThat(path, left.text(path), not(containsString("\"failed\"")));
      }
    }
    if (left.files().containsKey("_cytobeam/failures.jsonl")) {
      assertThat("of the run before", left.text("_cytobeam/failures.jsonl"), is(""));
    }
  }

  void assertNoTemporaries() throws IOException {
    OutputFiles left = files();
    assertThat(left.withoutTemporaries().files().keySet(), is(left.files().keySet()));
  }

  /** Returns how many items the journal of a run that was aborted has; all are done. */
  int journalled() throws IOException {
    int lines = 0;
    OutputFiles left = files();
    for (String path : left.files().keySet()) {
      if (path.startsWith("_cytobeam/journal/")) {
        lines += (int) left.text(path).lines().count();
      }
    }
    return lines;
  }

  /** Returns a column of the manifest by name, without the rows that have it not. */
  SortedMap<String, String> column(String column) throws IOException {
    SortedMap<String, String> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> row : files().manifest().entrySet()) {
      if (row.getValue().hasNonNull(column)) {
        values.put(row.getKey(), row.getValue().get(column).asText());
      }
    }
    return values;
  }

  @Override
  public void close() {
    server.close();
  }
}
