package org.cytobeam.direct.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.cytobeam.direct.plate.ChildCommand;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.destination.RunLock;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.Tree;
import org.cytobeam.testing.s3.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command in processes of its own: killed, twice at once, in a folder, with secrets. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(300)
final class ImagesProcessTest {

  private static final Pattern COUNTS =
      Pattern.compile("(\\d+) items: (\\d+) done, (\\d+) already done, 0 failed");

  @TempDir private Path folder;
  private ImagesBucket bucket;

  @BeforeEach
  void start() {
    bucket = new ImagesBucket(folder);
  }

  @AfterEach
  void stop() {
    bucket.close();
  }

  private ChildCommand child(String... words) throws IOException {
    return new ChildCommand(folder, ChildCommand.QUICK, List.of(words));
  }

  /** Starts a command in a folder, with lines to read. */
  private ChildCommand childIn(Path where, String input, List<String> words) throws IOException {
    Path typed = Files.writeString(folder.resolve("typed"), input);
    String shell = "cd '%s' && CYTOBEAM_INPUT_TERMINAL=1 exec \"$@\" <'%s'".formatted(where, typed);
    return new ChildCommand(
        folder, List.of("/bin/sh", "-c", shell, "sh"), ChildCommand.QUICK, words);
  }

  private String[] manyKeys() {
    return IntStream.range(0, 60).mapToObj("%03d.jpg"::formatted).toArray(String[]::new);
  }

  private long journalled() throws IOException {
    Path journal = bucket.out().resolve("_cytobeam/journal");
    long lines = 0;
    if (Files.exists(journal)) {
      for (String segment : Tree.paths(journal)) {
        lines += Files.readAllLines(journal.resolve(segment)).size();
      }
    }
    return lines;
  }

  @Test
  void aKilledRunGoesOnWhereItWas() throws Exception {
    String[] keys = manyKeys();
    Path table = bucket.with(keys).table("data.csv", keys);
    bucket.server.holdUntilHealed("GET", ImagesBucket.NAME, "my-folder/05");
    long before;
    try (ChildCommand killed = child(bucket.words(table, "--auto-confirm"))) {
      killed.awaitWhileAlive(() -> journalled() >= 10);
      killed.kill();
      before = journalled();
    }
    bucket.server.heal();

    CommandRun next = bucket.run(table);

    assertThat(next.err(), next.code(), is(ExitCode.DONE));
    Matcher counts = COUNTS.matcher(next.out());
    assertThat(next.out(), counts.find(), is(true));
    assertThat(counts.group(1), is("60"));
    assertThat(Long.parseLong(counts.group(3)), greaterThanOrEqualTo(before - 1));
    OutputFiles files = bucket.files();
    for (String key : keys) {
      assertThat(files.bytes(key), is(ImagesBucket.bytes(key)));
    }
    assertThat(files.withoutTemporaries().files().keySet(), is(files.files().keySet()));
  }

  @Test
  void theSecondOfTwoIsRefused() throws Exception {
    Path table = bucket.with("a.jpg").table("data.csv", "a.jpg");
    bucket.server.holdUntilHealed("GET", ImagesBucket.NAME, "my-folder/a.jpg");
    try (ChildCommand first = child(bucket.words(table, "--auto-confirm"))) {
      first.awaitWhileAlive(() -> bucket.fetched() > 0);

      CommandRun second = bucket.run(table);

      assertThat(second.err(), second.code(), is(ExitCode.USAGE));
      assertThat(second.err(), containsString(" is writing into " + bucket.out()));
      bucket.server.heal();
      assertThat(first.err(), first.awaitEnd(), is(0));
    }
    assertThat(bucket.files().bytes("a.jpg"), is(ImagesBucket.bytes("a.jpg")));
  }

  @Test
  void aFolderOfTablesIsWorkedOffTableByTable() throws Exception {
    Path where = folder.resolve("here");
    Files.createDirectories(where.resolve("to_download"));
    for (String kind : List.of("dalle2", "dmp98", "left")) {
      String key = "datalake_training/" + kind.toUpperCase(Locale.ROOT) + "/" + kind;
      bucket.server.put(ImagesBucket.NAME, key + ".png", kind.getBytes(UTF_8));
      Files.writeString(where.resolve("to_download/" + kind + "_01.csv"), kind + ".png\n");
    }
    List<String> words = new ArrayList<>(List.of("images", "--bucket", ImagesBucket.NAME));
    words.addAll(bucket.access());

    try (ChildCommand child = childIn(where, "4\n1-2\ny\nn\n", words)) {
      assertThat(child.err(), child.awaitEnd(), is(0));
      assertThat(
          child.err(),
          allOf(
              containsString("3 tables:\n  1. "),
              containsString(
                  "Which (1,3 or 1-3 or all; q to quit)? Please give numbers from 1 to 3.")));
    }

    Path downloads = where.resolve("downloads");
    assertThat(Files.readString(downloads.resolve("dalle2_01_downloads/dalle2.png")), is("dalle2"));
    assertThat(Files.exists(downloads.resolve("dmp98_01_downloads")), is(false));

    words.add("--auto-confirm");
    try (ChildCommand child = childIn(where, "", words)) {
      assertThat(child.err(), child.awaitEnd(), is(0));
    }
    assertThat(Files.readString(downloads.resolve("left_01_downloads/left.png")), is("left"));
  }

  @Test
  void allFoldersAreClaimedBeforeTheFirstTableBegins() throws Exception {
    bucket.server.put(ImagesBucket.NAME, "datalake_training/A/a.png", "a".getBytes(UTF_8));
    Path where = Files.createDirectories(folder.resolve("here"));
    List<String> words = new ArrayList<>(List.of("images", "--auto-confirm"));
    for (String kind : List.of("a", "b")) {
      Path table = Files.writeString(where.resolve(kind + "_01.csv"), kind + ".png\n");
      words.addAll(List.of("--csv-file", table.toString()));
    }
    words.addAll(List.of("--bucket", ImagesBucket.NAME));
    words.addAll(bucket.access());
    RunId other = new RunId("20260101T000000Z-0123abcd");
    String taken = where.resolve("downloads/b_01_downloads").toString();
    try (Destination destination =
            Destinations.open(new DestinationSettings(taken, other, Durability.RUN));
        RunLock lock = destination.runLocks().acquire(other);
        ChildCommand child = childIn(where, "", words)) {

      assertThat(child.err(), child.awaitEnd(), is(ExitCode.USAGE.number()));

      assertThat(
          child.err(), containsString("run " + lock.run() + " is writing into " + taken + ";"));
    }
    assertThat(bucket.fetched(), is(0L));
    assertThat(Files.exists(where.resolve("downloads/a_01_downloads")), is(false));
  }

  /** More threads than objects in flight would each wait for one. */
  @Test
  void asManyAreInFlightAsIsSaidWhateverTheThreads() throws Exception {
    String[] keys = manyKeys();
    Path table = bucket.with(keys).table("data.csv", keys);
    bucket.server.holdUntilHealed("GET", ImagesBucket.NAME, "my-folder/0");

    try (ChildCommand child =
        child(bucket.words(table, "--auto-confirm", "--max-workers=2", "--in-flight=30"))) {
      child.awaitWhileAlive(() -> bucket.fetched() >= 30);
      assertThat(bucket.fetched(), is(30L));
      bucket.server.heal();
      assertThat(child.err(), child.awaitEnd(), is(0));
    }
  }

  /** Fault S11. */
  @Test
  void secretsGetNowhere() throws Exception {
    bucket.with("a.jpg", "b.jpg");
    Path table = bucket.table("data.csv", "a.jpg", "b.jpg", "none.jpg");
    bucket.server.always(ImagesBucket.NAME, "my-folder/b.jpg", Fault.status(403).on("GET"));
    List<String> flags = new ArrayList<>(ChildCommand.QUICK);
    flags.add("-Daws.accessKeyId=AKIACANARY7ID7IN7ENV");
    flags.add("-Daws.secretAccessKey=canary/secret+of+mine");
    flags.add("-Daws.sessionToken=canary//session==token");
    List<String> words = new ArrayList<>(List.of(bucket.words(table, "--auto-confirm", "--json")));
    words.remove("--s3_anonymous");

    try (ChildCommand child = new ChildCommand(folder, flags, words)) {
      assertThat(child.err(), child.awaitEnd(), is(3));
      assertThat(child.out() + child.err(), not(containsString("canary")));
    }

    for (Map.Entry<String, byte[]> file : bucket.files().files().entrySet()) {
      String text = OutputFiles.allTexts(file.getKey(), file.getValue());
      assertThat(file.getKey(), text, not(containsString("canary")));
      assertThat(
          file.getKey(),
          new String(file.getValue(), ISO_8859_1),
          not(containsString("AKIACANARY7ID7IN7ENV")));
    }
  }
}
