package org.cytobeam.direct.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as it is documented: question, analysis, copy, and the same command again. */
@Timeout(180)
final class ImagesTest {

  private static final Pattern FREE = Pattern.compile("; [0-9.]+ [kMGT]?B free");

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

  private static String text(CommandRun run) {
    return FREE.matcher(run.out()).replaceAll("; F free");
  }

  @Test
  void theDocumentedCommandLineFetchesWhatTheTableNames() throws Exception {
    bucket.with("a.jpg", "sub/b.png", "other.jpg");
    Path table = bucket.table("data.csv", "\uFEFFa.jpg\r", "", "  b.jpg ");

    CommandRun run = bucket.typing("maybe\nYES\n", table, "--resume");

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(
        run.err(),
        is(
            "Download 2 images (1.6 kB) to %s (y/n)? Please answer y or n.\n"
                    .formatted(bucket.out())
                + "Download 2 images (1.6 kB) to %s (y/n)? ".formatted(bucket.out())));
    OutputFiles files = bucket.files();
    assertThat(files.bytes("a.jpg"), is(ImagesBucket.bytes("a.jpg")));
    assertThat(files.bytes("b.jpg"), is(ImagesBucket.bytes("sub/b.png")));
    assertThat(run.out(), containsString("2 items: 2 done, 0 already done, 0 failed"));
    JsonNode state = new ObjectMapper().readTree(files.bytes("download_state.json"));
    assertThat(state.path("downloaded").toString(), is("[\"a.jpg\",\"b.jpg\"]"));
    List<String> logs =
        files.files().keySet().stream().filter(path -> path.startsWith("logs/")).toList();
    assertThat(logs, everyItem(matchesPattern("logs/download_[0-9]{8}_[0-9]{6}\\.log")));
    List<String> lines = files.text(logs.get(0)).lines().toList();
    assertThat(
        lines,
        everyItem(
            matchesPattern("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} \\[[A-Z]+] .*")));
    assertThat(lines, hasItem(containsString("[INFO] Ready to download:  2 (1.6 kB")));
    assertThat(files.runFiles(), not(hasItem(startsWith("matches/part"))));
  }

  @Test
  void theAnalysisSaysAllBeforeAnythingIsFetched() throws Exception {
    bucket.with("a.jpg", "x/twin.jpg", "y/twin.jpg", "b.png");
    String[] names =
        IntStream.range(0, 16)
            .mapToObj(i -> i < 12 ? "missing_%02d.jpg".formatted(i) : "a.jpg")
            .toArray(String[]::new);
    names[13] = "b.jpg";
    names[14] = "twin.jpg";
    Path table = bucket.table("data.csv", names);

    CommandRun run = bucket.typing("n\n", table);

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(
        text(run),
        matchesPattern(
            Pattern.quote(
                    """
                    %s: 16 rows, 15 names
                    Total rows:         16
                    Repeated names:     1
                    Already downloaded: 0 (0 B)
                    Available:          2 (1.2 kB)
                    Missing:            12
                    Ambiguous:          1
                    Ready to download:  2 (1.2 kB; F free)
                    Listed 4 objects in 1 request.
                    Missing:
                      missing_00.jpg
                      missing_01.jpg
                      missing_02.jpg
                      missing_03.jpg
                      missing_04.jpg
                      missing_05.jpg
                      missing_06.jpg
                      missing_07.jpg
                      missing_08.jpg
                      missing_09.jpg
                      ... and 2 more
                    """
                        .formatted(table))
                + "Ambiguous:\n  [^\n]*my-folder/x/twin.jpg[^\n]*my-folder/y/twin.jpg[^\n]*\n"
                + "Nothing was fetched, and the folder is as it was.\n"));
    assertThat(bucket.fetched(), is(0L));
    assertThat(Files.exists(bucket.out()), is(false));
  }

  @Test
  void theListOfAllMissingNamesIsToldOnceItStays() throws Exception {
    bucket.with("a.jpg");
    List<String> missing = IntStream.range(0, 11).mapToObj("none_%02d.jpg"::formatted).toList();
    List<String> names = new ArrayList<>(missing);
    names.add("a.jpg");
    Path table = bucket.table("data.csv", names.toArray(String[]::new));

    CommandRun no = bucket.typing("n\n", table);
    CommandRun yes = bucket.typing("y\n", table);

    assertThat(no.out(), not(containsString("missing.txt")));
    Matcher told = Pattern.compile("(?m)^All missing names: (.*)$").matcher(yes.out());
    assertThat(yes.out(), told.find(), is(true));
    assertThat(Files.readAllLines(Path.of(told.group(1))), is(missing));
  }

  /** As the downloader before counted: what is done already is not counted as available too. */
  @Test
  void whatIsDoneIsNotAvailable() throws Exception {
    bucket.with("a.jpg", "b.jpg", "c.jpg");
    bucket.run(bucket.table("data.csv", "a.jpg"));
    Path table = bucket.table("data.csv", "a.jpg", "b.jpg", "c.jpg");

    CommandRun asked = bucket.typing("n\n", table);
    CommandRun json = CommandRun.of(bucket.words(table, "--dry-run", "--json"));

    assertThat(
        text(asked),
        containsString(
            """
            Already downloaded: 1 (600 B)
            Available:          2 (1.2 kB)
            Missing:            0
            Ready to download:  2 (1.2 kB; F free)
            """));
    JsonNode analysis = new ObjectMapper().readTree(json.out()).path("analyses").path(0);
    assertThat(analysis.path("available").asInt(), is(2));
    assertThat(analysis.path("already_done").asInt(), is(1));
  }

  /** Kills leave no chance to tidy up; the rows of a plan are many, and of use to nobody. */
  @Test
  void thePlansOfKilledRunsAreGoneAfterTheNext() throws Exception {
    bucket.with("a.jpg");
    Path table = bucket.table("data.csv", "a.jpg");
    bucket.run(table);
    String killed = "_cytobeam/runs/20260101T000000Z-0123abcd/";
    Path plan = bucket.out().resolve(killed + "matches");
    Files.createDirectories(plan.resolve("parts"));
    Files.writeString(plan.resolve("parts/00000.rows"), "rows");
    Files.writeString(plan.resolve("analysis.json"), "{}");
    Files.writeString(plan.resolve("missing.txt"), "gone.jpg\n");

    CommandRun next = bucket.run(table);

    assertThat(next.err(), next.code(), is(ExitCode.DONE));
    assertThat(
        bucket.files().files().keySet().stream().filter(path -> path.startsWith(killed)).toList(),
        is(List.of(killed + "matches/missing.txt")));
    assertThat(Files.exists(plan.resolve("parts")), is(false));
  }

  @Test
  void noAndTheEndOfTheInputLeaveTheFolderAsItWas() throws Exception {
    bucket.with("a.jpg");
    Path table = bucket.table("data.csv", "a.jpg");
    Files.createDirectories(bucket.out());
    Files.writeString(bucket.out().resolve("mine.txt"), "mine");

    CommandRun no = bucket.typing("No\n", table);
    CommandRun ended = bucket.typing("", table);

    assertThat(no.err(), no.code(), is(ExitCode.DONE));
    assertThat(ended.err(), ended.code(), is(ExitCode.DONE));
    assertThat(List.copyOf(bucket.files().files().keySet()), is(List.of("mine.txt")));
    assertThat(Files.exists(bucket.out().resolve("_cytobeam")), is(false));
  }

  @Test
  void whereNobodyCanBeAskedNothingIsListed() throws Exception {
    CommandRun run = CommandRun.of(bucket.words(bucket.table("data.csv", "a.jpg")));

    assertThat(run.err(), run.code(), is(ExitCode.USAGE));
    assertThat(
        run.err(),
        containsString(
            "--auto_confirm: is missing, and nobody can be asked: the standard input is no"
                + " terminal; give it, to begin without a question"));
    assertThat(bucket.server.requests().size(), is(0));
    assertThat(Files.exists(bucket.out()), is(false));
  }

  @Test
  void missingNamesAreFailuresAndLookedForAgain() throws Exception {
    bucket.with("a.jpg");
    Path table = bucket.table("data.csv", "a.jpg", "later.jpg");

    CommandRun first = bucket.run(table);
    CommandRun nothingToFetch = bucket.typing("", table);
    bucket.with("later.jpg");
    CommandRun last = bucket.run(table);

    assertThat(first.err(), first.code(), is(ExitCode.INCOMPLETE));
    assertThat(first.out(), containsString("  failed, missing: 1\n"));
    assertThat(nothingToFetch.err(), nothingToFetch.code(), is(ExitCode.INCOMPLETE));
    assertThat(nothingToFetch.out(), containsString("There is nothing to fetch.\n"));
    assertThat(nothingToFetch.err(), not(containsString("(y/n)?")));
    assertThat(last.err(), last.code(), is(ExitCode.DONE));
    assertThat(last.out(), containsString("2 items: 1 done, 1 already done, 0 failed"));
    assertThat(bucket.files().bytes("later.jpg"), is(ImagesBucket.bytes("later.jpg")));
    assertThat(bucket.fetched(), is(2L));
  }

  @Test
  void failedOnesAreTriedAgainAndChangedOnesFetchedAgain() throws Exception {
    bucket.with("a.jpg", "b.jpg", "c.jpg");
    Path table = bucket.table("data.csv", "a.jpg", "b.jpg", "c.jpg");
    bucket.server.always(ImagesBucket.NAME, "my-folder/b.jpg", Fault.status(500).on("GET"));

    CommandRun first = bucket.run(table);
    bucket.server.heal();
    byte[] changed = "another".getBytes(UTF_8);
    bucket.server.put(ImagesBucket.NAME, "my-folder/c.jpg", changed);
    Files.delete(bucket.out().resolve("a.jpg"));
    bucket.server.clearLog();
    CommandRun second = bucket.run(table);
    CommandRun third = bucket.run(table);

    assertThat(first.err(), first.code(), is(ExitCode.INCOMPLETE));
    assertThat(first.out(), containsString("  failed, source_error: 1\n"));
    assertThat(second.err(), second.code(), is(ExitCode.DONE));
    assertThat(second.out(), containsString("3 items: 3 done, 0 already done, 0 failed"));
    assertThat(bucket.files().bytes("c.jpg"), is(changed));
    assertThat(third.out(), containsString("3 items: 0 done, 3 already done, 0 failed"));
    assertThat(bucket.fetched(), is(3L));
  }

  @Test
  void onlyWhatFailedAndOnlyTheFirst() throws Exception {
    bucket.with("a.jpg", "b.jpg", "c.jpg");
    Path table = bucket.table("data.csv", "a.jpg", "b.jpg", "none.jpg", "c.jpg");

    CommandRun limited = bucket.run(table, "--limit=3");
    bucket.with("none.jpg");
    CommandRun failed = bucket.run(table, "--only=failed");

    assertThat(limited.err(), limited.code(), is(ExitCode.INCOMPLETE));
    assertThat(limited.out(), containsString("3 items: 2 done, 0 already done, 1 failed"));
    assertThat(failed.err(), failed.code(), is(ExitCode.DONE));
    assertThat(failed.out(), containsString("1 item: 1 done, 0 already done, 0 failed"));
    assertThat(Files.exists(bucket.out().resolve("c.jpg")), is(false));
  }

  @Test
  void namesWithOneFileAreRefusedBeforeAnythingIsBegun() throws Exception {
    bucket.with("a.jpg", "A.jpg");

    CommandRun run = bucket.run(bucket.table("data.csv", "a.jpg", "A.jpg"));

    assertThat(run.err(), run.code(), is(ExitCode.USAGE));
    assertThat(
        run.err(),
        allOf(
            containsString("2 mistakes, and nothing was started"),
            containsString("  a.jpg: its file a.jpg would be that of A.jpg"),
            containsString("  A.jpg: its file A.jpg would be that of a.jpg")));
    assertThat(Files.exists(bucket.out()), is(false));
  }

  @Test
  void aDryRunWritesNothing() throws Exception {
    bucket.with("a.jpg");
    Path table = bucket.table("data.csv", "a.jpg", "b.jpg");

    CommandRun run = CommandRun.of(bucket.words(table, "--dry-run"));

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(run.out(), containsString("Ready to download:  1 (600 B"));
    assertThat(run.out(), containsString("Nothing was written.\n"));
    assertThat(Files.exists(bucket.out()), is(false));
    assertThat(bucket.fetched(), is(0L));
  }

  @Test
  void theAnalysisIsInTheDocument() throws Exception {
    bucket.with("a.jpg");

    CommandRun run = bucket.run(bucket.table("data.csv", "a.jpg", "b.jpg"), "--json");

    JsonNode json = new ObjectMapper().readTree(run.out());
    JsonNode analysis = json.path("analyses").path(0);
    assertThat(analysis.path("rows").asInt(), is(2));
    assertThat(analysis.path("to_fetch").asInt(), is(1));
    assertThat(analysis.path("bytes_to_fetch").asInt(), is(600));
    assertThat(analysis.path("missing_names").toString(), is("[\"b.jpg\"]"));
    assertThat(analysis.path("listed").asInt(), is(1));
    assertThat(json.path("runs").path(0).path("summary").path("done").asInt(), is(1));
    assertThat(json.path("exit_code").asInt(), is(3));
  }

  @Test
  void filesOfTheDownloaderBeforeAreAdoptedOnceTheyAreProven() throws Exception {
    bucket.with("a.jpg", "b.jpg", "c.jpg");
    Files.createDirectories(bucket.out());
    Files.write(bucket.out().resolve("a.jpg"), ImagesBucket.bytes("a.jpg"));
    Files.write(bucket.out().resolve("b.jpg"), new byte[] {1, 2, 3});
    Files.writeString(
        bucket.out().resolve("download_state.json"),
        """
        {"downloaded": ["a.jpg", "b.jpg"], "failed": [], "skipped": ["c.jpg"],
         "start_time": "2025-01-02T03:04:05", "last_update": "2025-01-02T03:04:06"}
        """);

    Path table = bucket.table("data.csv", "a.jpg", "b.jpg", "c.jpg");
    String already = "Already downloaded: 1 (600 B)\n  of them from download_state.json: 1\n";
    CommandRun dry = bucket.run(table, "--dry_run");
    assertThat(dry.err(), dry.code(), is(ExitCode.DONE));
    assertThat(dry.out(), containsString(already));
    assertThat(Files.exists(bucket.out().resolve("_cytobeam")), is(false));

    CommandRun run = bucket.run(table);

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(run.out(), containsString(already));
    assertThat(text(run), containsString("Ready to download:  2 (1.2 kB; F free)\n"));
    assertThat(
        run.out(),
        containsString(
            "download_state.json says that 2 names are downloaded: files that prove to be their"
                + " objects are not fetched again.\n"));
    assertThat(bucket.server.requests(ImagesBucket.NAME, "my-folder/a.jpg").size(), is(0));
    assertThat(bucket.files().bytes("b.jpg"), is(ImagesBucket.bytes("b.jpg")));
    assertThat(
        bucket.files().text("download_state.json"),
        containsString("\"start_time\": \"2025-01-02T03:04:05\""));
  }

  @Test
  void expiredCredentialsEndTheRunAndTheSameCommandGoesOn() throws Exception {
    bucket.with("a.jpg", "b.jpg");
    Path table = bucket.table("data.csv", "a.jpg", "b.jpg");
    bucket.server.always(
        ImagesBucket.NAME, "my-folder/b.jpg", Fault.error(400, "ExpiredToken").on("GET"));

    CommandRun expired = bucket.run(table);
    List<String> before = bucket.files().runFiles();
    bucket.server.heal();
    CommandRun renewed = bucket.run(table);

    assertThat(expired.err(), expired.code(), is(ExitCode.FAILED));
    assertThat(expired.err(), containsString("expired"));
    assertThat(expired.err(), not(containsString("\tat ")));
    assertThat(before, not(hasItem(startsWith("matches/part"))));
    assertThat(renewed.err(), renewed.code(), is(ExitCode.DONE));
  }

  @Test
  void aBucketThatCannotBeListedIsTheEndOfTheRun() throws Exception {
    bucket.server.bucket("locked", Access.SIGNED);
    Path table = bucket.table("data.csv", "a.jpg");

    CommandRun denied =
        CommandRun.of(
            bucket.words(table, "--auto-confirm").clone()[0],
            "--csv-file=" + table,
            "--output-dir=" + bucket.out(),
            "--s3-prefix=x/",
            "--bucket=locked",
            "--auto-confirm",
            "--endpoint=" + bucket.server.endpoint(),
            "--s3_anonymous");

    assertThat(denied.err(), denied.code(), is(ExitCode.FAILED));
    assertThat(denied.err(), containsString("locked"));
  }

  @Test
  void severalTablesIntoOneFolderAreOneJob() throws Exception {
    bucket.with("a.jpg", "b.jpg");
    Path one = bucket.table("one.csv", "a.jpg");
    Path two = bucket.table("two.csv", "b.jpg", "a.jpg");

    CommandRun run = bucket.run(one, "--csv-file", two.toString());

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    assertThat(run.out(), containsString("3 rows, 2 names\n"));
    assertThat(run.out(), containsString("2 items: 2 done, 0 already done, 0 failed"));
    assertThat(bucket.files().text("_cytobeam/manifest.jsonl"), containsString("\"rows\":\"2\""));
  }

  @Test
  void outputGoesToABucketToo() throws Exception {
    bucket.with("a.jpg");
    bucket.server.bucket("own");
    Path table = bucket.table("data.csv", "a.jpg");
    String[] words = bucket.words(table, "--auto-confirm");
    words[4] = "s3://own/out";

    CommandRun run = CommandRun.of(words);

    assertThat(run.err(), run.code(), is(ExitCode.DONE));
    OutputFiles files = OutputFiles.s3(bucket.server, "own", "out");
    assertThat(files.bytes("a.jpg"), is(ImagesBucket.bytes("a.jpg")));
    assertThat(files.runFiles(), hasItem("report.html"));

    words[words.length - 1] = "--no_auto_confirm";
    bucket.with("b.jpg");
    bucket.table("data.csv", "b.jpg");
    List<String> before = bucket.server.keys("own");

    CommandRun no = CommandRun.typing("n\n", words);

    assertThat(no.err(), no.code(), is(ExitCode.DONE));
    assertThat(bucket.server.keys("own"), is(before));
  }

  @Test
  void allMistakesAreToldTogether() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    CommandRun run =
        CommandRun.of(
            "images",
            "--csv-file=" + folder.resolve("no.csv"),
            "--output-dir=" + file,
            "--bucket=s3://b",
            "--s3-prefix=/x",
            "--ambiguous=all",
            "--lookup=head",
            "--extensions=a/b");

    assertThat(run.err(), run.code(), is(ExitCode.USAGE));
    assertThat(
        run.err(),
        is(
            """
            cytobeam images: 7 mistakes, and nothing was started:
              --csv_file: %1$s/no.csv: there is no such file; give the path of a table
              --bucket: "s3://b" is no name of a bucket; give the name alone: my-bucket
              --s3_prefix: "/x" is not the beginning of a key; give it without a / before it, and the bucket as --bucket: my-folder/
              --ambiguous: all of several objects can't have the one name of the table; give --save_as=key too
              --lookup: head asks for keys, and a name or a stem is none; give --match=key too, or --lookup=list
              --extensions: "a/b" is no extension; give jpg,png, say
              --output_dir: %1$s/file is not a folder; name another folder
            ./cytobeam images --help shows how it is called.
            """
                .formatted(folder)));
  }

  @Test
  void aTableWithoutTheColumnSaysWhichThereAre() throws Exception {
    Path table = bucket.table("data.csv", "id,file name", "1,a.jpg");

    CommandRun run = bucket.run(table, "--column=picture");

    assertThat(run.err(), run.code(), is(ExitCode.USAGE));
    assertThat(run.err(), containsString("there is no column picture; there are: id, file name"));
    assertThat(bucket.files().files(), is(anEmptyMap()));
  }
}
