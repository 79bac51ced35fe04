package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.Tree;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --json} prints is what {@code docs/outputs.md} says, by all its names. */
final class JsonDocTest {

  private static final Path DOC = Path.of("..", "..", "docs", "outputs.md");
  private static final Path TABLE = Path.of("..", "..", "testdata", "plate", "damaged.csv");
  private static final Pattern NAME = Pattern.compile("`([a-z][a-z0-9_]*)`");

  /** Of the words in that description the ones that are no names of an analysis. */
  private static final Set<String> WORDS_OF_ANALYSES =
      Set.of("images", "list", "head", "name", "problem");

  /** The rows of the tables of names, by section: first names to all names in the row. */
  private final Map<String, Map<String, Set<String>>> sections = new LinkedHashMap<>();

  private final Set<String> seen = new TreeSet<>();
  private final List<String> unknown = new ArrayList<>();

  @TempDir private Path folder;

  @BeforeEach
  void readTheDocument() throws IOException {
    String section = "";
    for (String line : Files.readAllLines(DOC)) {
      if (line.startsWith("## ")) {
        section = line.substring(3);
      }
      String[] cells = line.split(" \\| ");
      if (line.startsWith("| `") && cells.length == 2) {
        for (String name : names(cells[0])) {
          sections.computeIfAbsent(section, s -> new LinkedHashMap<>()).put(name, names(cells[1]));
        }
      }
    }
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private Map<String, Set<String>> section(String title) {
    return sections.getOrDefault(title, Map.of());
  }

  /** Names that an object has and its description hasn't are put down. */
  private void compare(String where, JsonNode object, Set<String> described) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              seen.add(where + "." + name);
              if (!described.contains(name)) {
                unknown.add(where + "." + name);
              }
            });
  }

  private void compareAll(CommandRun run) throws IOException {
    JsonNode document = new ObjectMapper().readTree(run.out());
    Map<String, Set<String>> top = section("--json");
    compare("", document, top.keySet());
    for (String array : List.of("runs", "plans", "mistakes", "analyses")) {
      document
          .path(array)
          .forEach(element -> compare(array, element, top.getOrDefault(array, Set.of())));
    }
    document.path("runs").forEach(result -> compareSummary(result.path("summary")));
    compareVerification(document.path("verification"));
  }

  private void compareSummary(JsonNode summary) {
    Map<String, Set<String>> described = section("summary.json");
    compare("summary", summary, described.keySet());
    summary
        .path("steps")
        .forEach(step -> compare("steps", step, described.getOrDefault("steps", Set.of())));
  }

  private void compareVerification(JsonNode verification) {
    Map<String, Set<String>> described = section("verify");
    compare("verification", verification, described.keySet());
    for (String kind : List.of("missing", "changed", "unreadable")) {
      for (JsonNode file : verification.path(kind)) {
        Set<String> row = described.getOrDefault(kind, Set.of());
        compare(kind, file, row);
        compare(kind, file.path("expected"), described.getOrDefault("changed", Set.of()));
        compare(kind, file.path("found"), row);
      }
    }
  }

  private CommandRun imagesDryRun() throws IOException {
    Path names = Files.writeString(folder.resolve("names.csv"), "a.jpg\nabsent.jpg\n");
    try (S3TestServer server = S3TestServer.start().bucket("my-bucket", Access.UNSIGNED)) {
      server.put("my-bucket", "my-folder/a.jpg", new byte[] {1});
      return CommandRun.of(
          "images",
          "--csv-file=" + names,
          "--output-dir=" + folder.resolve("images"),
          "--s3-prefix=my-folder/",
          "--bucket=my-bucket",
          "--endpoint=" + server.endpoint(),
          "--s3_anonymous",
          "--dry_run",
          "--json");
    }
  }

  @Test
  void everyNameIsDescribedAndEveryDescriptionIsTrue() throws Exception {
    Path out = folder.resolve("out");
    compareAll(CommandRun.plate(TABLE, out, "--json", "--wells=A01"));
    compareAll(CommandRun.plate(TABLE, out, "--json", "--dry_run"));
    compareAll(CommandRun.plate(TABLE, out, "--json", "--percentile=99"));
    List<Path> pngs = pngs(out);
    Files.delete(pngs.get(0));
    Files.writeString(pngs.get(1), "not what was written");
    compareAll(CommandRun.of("verify", out.toString(), "--json", "--check=sha256"));
    compareAll(CommandRun.of("report", out.toString(), "--json"));
    compareAll(imagesDryRun());

    assertThat(unknown, is(empty()));
    Set<String> unseen = new TreeSet<>();
    addUnseen("", section("--json").keySet(), unseen);
    addUnseen("runs", section("--json").getOrDefault("runs", Set.of()), unseen);
    addUnseen("plans", section("--json").getOrDefault("plans", Set.of()), unseen);
    Set<String> analyses = new TreeSet<>(section("--json").getOrDefault("analyses", Set.of()));
    analyses.removeAll(WORDS_OF_ANALYSES);
    addUnseen("analyses", analyses, unseen);
    addUnseen("mistakes", section("--json").getOrDefault("mistakes", Set.of()), unseen);
    addUnseen("summary", section("summary.json").keySet(), unseen);
    addUnseen("verification", section("verify").keySet(), unseen);
    assertThat(
        "of runs that fail, or that a cluster goes on with: JobRunTest has both",
        unseen,
        is(Set.of("runs.error", "runs.goes_on")));
  }

  private void addUnseen(String where, Set<String> described, Set<String> unseen) {
    described.stream()
        .map(name -> where + "." + name)
        .filter(name -> !seen.contains(name))
        .forEach(unseen::add);
  }

  private static List<Path> pngs(Path out) throws IOException {
    return Tree.paths(out).stream()
        .filter(path -> path.endsWith(".png") && !path.startsWith("_cytobeam/"))
        .map(out::resolve)
        .toList();
  }
}
