package org.cytobeam.direct.images;

import static java.util.Map.entry;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.Tree;
import org.cytobeam.testing.s3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Faults S1, S2 and S8 through the whole command: names lead nowhere but into the folder. */
@Timeout(180)
final class ImagesNamesTest {

  /** What a table and a bucket may call an image, and what its file is called. */
  private static final Map<String, String> FILES =
      Map.ofEntries(
          entry("../../evil.jpg", "%2E%2E/%2E%2E/evil.jpg"),
          entry("sub/..", "sub/%2E%2E"),
          entry(".", "%2E"),
          entry("/etc/x", "%2Fetc/x"),
          entry("C:\\x", "C%3A%5Cx"),
          entry("\\\\host\\x", "%5C%5Chost%5Cx"),
          entry("a\nb.jpg", "a%0Ab.jpg"),
          entry("a\r\nb.jpg", "a%0D%0Ab.jpg"),
          entry("dot.", "dot%2E"),
          entry("dir /space.jpg", "dir%20/space.jpg"),
          entry("CON", "%43ON"),
          entry("nul.txt", "%6Eul.txt"),
          entry("COM1.jpg", "%43OM1.jpg"),
          entry("a:b.jpg", "a%3Ab.jpg"),
          entry("a#b.jpg", "a#b.jpg"),
          entry("a?b.jpg", "a%3Fb.jpg"),
          entry("a*b.jpg", "a%2Ab.jpg"),
          entry("a+b c.jpg", "a+b c.jpg"),
          entry("%2e%2e/%2fx.jpg", "%252e%252e/%252fx.jpg"),
          entry("-rf", "%2Drf"),
          entry(".hidden", "%2Ehidden"),
          entry("~root", "%7Eroot"),
          entry("_cytobeam/lock.jpg", "%5Fcytobeam/lock.jpg"),
          entry("two//slashes.jpg", "two/%2Fslashes.jpg"),
          entry("ends/", "ends%2F"),
          entry("=cmd()", "=cmd()"),
          entry("\ud83d\ude00.jpg", "\ud83d\ude00.jpg"),
          entry("nfc-\u00e9.jpg", "nfc-\u00e9.jpg"),
          entry("nfd-e\u0301.jpg", "nfd-e%CC%81.jpg"));

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

  /** Returns what files there are, with their objects, of what each object's file is called. */
  private static SortedMap<String, String> objects(Map<String, String> files) {
    SortedMap<String, String> objects = new TreeMap<>();
    files.forEach((key, file) -> objects.put(file, key));
    return objects;
  }

  /** Checks that nothing is in the folder of the test but what was there and the output. */
  private void assertNothingElse(Path table) throws Exception {
    assertThat(
        Tree.paths(folder).stream().filter(path -> !path.startsWith("images/")).toList(),
        is(List.of(table.getFileName().toString())));
  }

  @Test
  void everyNameStaysInsideAndIsFoundAgain() throws Exception {
    bucket.with(FILES.keySet().toArray(String[]::new));
    Path table = bucket.jsonTable("names.jsonl", FILES.keySet());

    CommandRun first = bucket.run(table, "--match=key");
    CommandRun again = bucket.run(table, "--match=key");

    int all = FILES.size();
    assertThat(first.out() + first.err(), first.code(), is(ExitCode.DONE));
    assertThat(first.out(), containsString("%d items: %1$d done, 0 already".formatted(all)));
    assertThat(bucket.images(), is(objects(FILES)));
    assertThat(again.out(), containsString("%d items: 0 done, %1$d already".formatted(all)));
    assertNothingElse(table);
  }

  @Test
  void everyKeyStaysInsideToo() throws Exception {
    bucket.with(FILES.keySet().toArray(String[]::new));
    Path table = bucket.jsonTable("names.jsonl", FILES.keySet());

    CommandRun run = bucket.run(table, "--match=key", "--save_as=key", "--keep_path");

    assertThat(run.out() + run.err(), run.code(), is(ExitCode.DONE));
    assertThat(bucket.images(), is(objects(FILES)));
    assertNothingElse(table);
  }

  /** Blanks at the ends of a name are no part of what a table can ask for. */
  @Test
  void aKeyWithBlanksIsFoundByItsStem() throws Exception {
    bucket.with("sub /dots.jpg..", "sub /blank .jpg");
    Path table = bucket.table("names.csv", "dots.jpg..x", "blank .png");

    CommandRun run = bucket.run(table, "--save_as=key", "--keep_path");

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(
        bucket.images(),
        is(
            objects(
                Map.of(
                    "sub /dots.jpg..", "sub%20/dots.jpg.%2E",
                    "sub /blank .jpg", "sub%20/blank .jpg"))));
  }

  @Test
  void namesThatNoFileCanHaveFailByThemselves() throws Exception {
    String longName = "n".repeat(300) + ".jpg";
    String longPath = "d/".repeat(450) + "%".repeat(60) + ".jpg";
    bucket.with("a.jpg", longName, longPath);
    Path table =
        bucket.jsonTable(
            "names.jsonl",
            List.of("a.jpg", longName, longPath, "nul\0.jpg", "half\ud83d.jpg", " "));

    CommandRun run = bucket.run(table);

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(
        bucket.failures(),
        is(
            Map.of(
                "names.jsonl line 2", "bad_name",
                "names.jsonl line 3", "bad_name",
                "names.jsonl line 4", "bad_row",
                "names.jsonl line 5", "bad_row",
                "names.jsonl line 6", "bad_row")));
    assertThat(bucket.images(), is(objects(Map.of("a.jpg", "a.jpg"))));
    assertThat(bucket.fetched(), is(1L));
  }

  private void assertRefused(CommandRun run, String... told) throws Exception {
    assertThat(run.out() + run.err(), run.code(), is(ExitCode.USAGE));
    for (String part : told) {
      assertThat(run.err(), containsString(part));
    }
    assertThat(run.err(), not(containsString("\tat ")));
    assertThat(bucket.fetched(), is(0L));
    assertThat(Files.exists(bucket.out()), is(false));
  }

  @Test
  void twinsOfCaseAndOfUnicodeAreRefused() throws Exception {
    bucket.with("x/\u00c9.jpg", "x/e\u0301.jpg", "y/STRASSE.jpg", "y/stra\u00dfe.jpg");
    Path table =
        bucket.table(
            "names.csv", "x/\u00c9.jpg", "x/e\u0301.jpg", "y/STRASSE.jpg", "y/stra\u00dfe.jpg");

    assertRefused(
        bucket.run(table, "--match=key"),
        "2 mistakes",
        "y/STRASSE.jpg: its file y/STRASSE.jpg would be that of y/stra\u00dfe.jpg",
        "y/stra\u00dfe.jpg: its file y/stra\u00dfe.jpg would be that of y/STRASSE.jpg");
  }

  @Test
  void keysWithOneFileAreRefused() throws Exception {
    bucket.with("x/a.jpg", "y/A.JPG");
    Path table = bucket.table("names.csv", "x/a.jpg", "y/A.JPG");

    assertRefused(
        bucket.run(table, "--match=key", "--save_as=key"),
        "2 mistakes",
        "x/a.jpg: its file a.jpg would be that of y/A.JPG");
  }

  @Test
  void aFileInTheWayOfAFolderIsRefused() throws Exception {
    bucket.with("a", "a/b.jpg", "c.jpg");
    Path table = bucket.table("names.csv", "a", "a/b.jpg", "c.jpg");

    assertRefused(
        bucket.run(table, "--match=key"),
        "one mistake",
        "a: its file a would be the folder of a/b.jpg");
  }

  /** What the job writes itself is not overwritten by an image, nor an image by it. */
  @Test
  void imagesCalledAsTheJobsOwnFilesLieBesideThem() throws Exception {
    Map<String, String> files =
        Map.of(
            "download_state.json", "%64ownload_state.json",
            "DOWNLOAD_STATE.JSON", "%44OWNLOAD_STATE.JSON",
            "logs", "%6Cogs",
            "Logs/download_20260101_000000.log", "%4Cogs/download_20260101_000000.log",
            "sub/download_state.json", "sub/download_state.json");
    bucket.with(files.keySet().toArray(String[]::new));
    Path table = bucket.jsonTable("names.jsonl", files.keySet());

    CommandRun run = bucket.run(table, "--match=key");
    CommandRun again = bucket.run(table, "--match=key");

    assertThat(run.out() + run.err(), run.code(), is(ExitCode.DONE));
    assertThat(again.out(), containsString("5 items: 0 done, 5 already done, 0 failed"));
    assertThat(bucket.images(), is(objects(files)));
    assertThat(bucket.files().text("download_state.json"), containsString("\"logs\""));
  }

  /** Fault S2. */
  @Test
  void aPlantedLinkIsNotFollowedOutside() throws Exception {
    bucket.with("sub/a.jpg", "b.jpg", "c.jpg");
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("mine.jpg"), "mine");
    Files.createDirectory(bucket.out());
    Files.createSymbolicLink(bucket.out().resolve("sub"), outside);
    Files.createSymbolicLink(bucket.out().resolve("b.jpg"), outside.resolve("mine.jpg"));
    Path table = bucket.table("names.csv", "sub/a.jpg", "b.jpg", "c.jpg");

    CommandRun run = bucket.run(table, "--match=key");

    assertThat(run.out() + run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(bucket.failures(), is(Map.of("names.csv line 1", "unwritable")));
    assertThat(Tree.paths(outside), is(List.of("mine.jpg")));
    assertThat(Files.readString(outside.resolve("mine.jpg")), is("mine"));
    assertThat(Files.isSymbolicLink(bucket.out().resolve("b.jpg")), is(false));
    assertThat(Files.readAllBytes(bucket.out().resolve("b.jpg")), is(ImagesBucket.bytes("b.jpg")));
    assertThat(Files.readAllBytes(bucket.out().resolve("c.jpg")), is(ImagesBucket.bytes("c.jpg")));
  }

  /** Fault S8: a name is never an address of anything but the bucket. */
  @Test
  void addressesOfElsewhereAreNeverFetched() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret.jpg"), "secret");
    bucket.server.bucket("other");
    bucket.server.put("other", "my-folder/other.jpg", ImagesBucket.bytes("other"));
    bucket.server.put(ImagesBucket.NAME, "outside.jpg", ImagesBucket.bytes("outside"));
    bucket.with("a.jpg");
    Path table =
        bucket.table(
            "names.csv",
            "a.jpg",
            secret.toString(),
            "file://" + secret,
            "http://169.254.169.254/latest/meta-data/iam",
            "http://[::ffff:169.254.169.254]/",
            "gopher://127.0.0.1:70/x",
            bucket.server.endpoint() + "/other/my-folder/other.jpg",
            "s3://other/my-folder/other.jpg",
            "s3://me:pass@my-bucket/my-folder/a.jpg",
            "s3://my-bucket@other/my-folder/other.jpg",
            "s3://my-bucket/outside.jpg",
            "s3://my-bucket",
            "S3://my-bucket/my-folder/b.jpg");

    CommandRun run = bucket.run(table);

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    SortedMap<String, String> expected = new TreeMap<>();
    for (int line = 2; line <= 13; line++) {
      expected.put("names.csv line " + line, line < 8 || line == 13 ? "missing" : "bad_row");
    }
    assertThat(bucket.failures(), is(expected));
    assertThat(bucket.images(), is(objects(Map.of("a.jpg", "a.jpg"))));
    assertThat(bucket.fetched(), is(1L));
    assertThat(
        bucket.server.requests().stream()
            .map(RecordedRequest::bucket)
            .filter(name -> !name.equals(ImagesBucket.NAME))
            .collect(Collectors.toList()),
        is(empty()));
    assertThat(run.out() + run.err(), not(containsString("pass@")));
  }
}
