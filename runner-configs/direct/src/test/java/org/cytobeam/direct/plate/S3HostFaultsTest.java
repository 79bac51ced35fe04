package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.AwsProperties;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.S3Plate;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plates from, and into, a server that is busy, breaks off, loses replies or changes objects. */
@Timeout(180)
final class S3HostFaultsTest {

  private static final String GALLERY = "cellpainting-gallery";
  private static final String OWN = "our-bucket";
  private static final String TABLES = "s3://" + GALLERY + "/tables/";
  private static final String WELL = "A01";
  private static final int SITES = 6;
  private static final int IMAGES = 30;

  private final S3TestServer server =
      S3TestServer.start().bucket(GALLERY, Access.UNSIGNED).bucket(OWN, Access.SIGNED);
  private final AwsProperties credentials =
      AwsProperties.set(S3TestServer.ACCESS_KEY_ID, S3TestServer.SECRET_ACCESS_KEY);
  private final S3Plate plate = S3Plate.inGallery(server, SITES);

  @TempDir Path folder;

  @AfterEach
  void stop() {
    credentials.close();
    server.close();
  }

  @Test
  void aBusyServerIsWaitedFor() throws Exception {
    server.shareOfNext(IMAGES, 0.3, Fault.status(503));
    server.script(GALLERY, plate.key(WELL, 1, "DNA"), Fault.status(429).retryAfter("1"));

    assertAllDone(run(out()));

    long sent = imageRequests();
    assertThat(sent, is(greaterThanOrEqualTo(IMAGES + 7L)));
    assertThat(sent, is(lessThan(IMAGES * 3L / 2)));
  }

  @Test
  void whatBreaksOffIsGoneOnWithEvenIfTheServerKnowsNoRanges() throws Exception {
    for (String channel : S3Plate.CHANNELS) {
      script(1, channel, Fault.closeAfter(200));
      script(2, channel, Fault.closeAfter(200), Fault.ignoring("Range"));
      script(3, channel, Fault.closeAfter(200), Fault.status(416));
      script(
          4, channel, Fault.closeAfter(200), Fault.none().header("Content-Range", "bytes 0-9/10"));
      script(5, channel, Fault.closeAfter(200), Fault.status(412));
    }

    assertAllDone(run(out()));

    assertThat(ranges(1), contains("all", "bytes=200-"));
    assertThat(ranges(2), contains("all", "bytes=200-"));
    assertThat(ranges(3), contains("all", "bytes=200-", "all"));
    assertThat(ranges(4), contains("all", "bytes=200-", "all"));
    assertThat(ranges(5), contains("all", "bytes=200-", "all"));
    assertThat(ranges(6), contains("all"));
  }

  private Stream<String> rangesOf(int site, String channel) {
    return server.requests(GALLERY, plate.key(WELL, site, channel)).stream()
        .map(request -> request.range().orElse("all"));
  }

  private Iterable<String> ranges(int site) {
    return rangesOf(site, "Mito").toList();
  }

  @Test
  void anImageThatBecomesAnotherTwiceIsChangedAndTheNextRunTriesItAgain() throws Exception {
    Fault cut = Fault.closeAfter(200);
    script(2, "ER", cut, Fault.status(412), cut, Fault.status(412));

    CommandRun command = run(out());

    assertThat(command.err(), command.code(), is(ExitCode.INCOMPLETE));
    assertThat(
        OutputFiles.local(folder.resolve("out")).failures(),
        is(Map.of(S3Plate.png(WELL, 2, "ER"), "changed")));
    assertThat(server.count("GET", GALLERY, plate.key(WELL, 2, "ER")), is(4));

    assertAllDone(run(out()));
  }

  @Test
  void aTokenThatExpiresInTheMiddleEndsTheRunAndTheSameCommandGoesOn() throws Exception {
    S3Plate own = new S3Plate(server, OWN, "images");
    for (int site = 1; site <= 12; site++) {
      own.site(WELL, site);
    }
    Path table = Files.write(folder.resolve("own.csv"), own.table(S3Plate.Layout.URL));
    server.after(55, Fault.error(403, "ExpiredToken"));

    CommandRun expired = runTable(table.toString(), out(), "--max_workers=1");

    assertThat(expired.code(), is(ExitCode.FAILED));
    assertThat(expired.err(), containsString("Renew the credentials and run the same command"));
    OutputFiles aborted = OutputFiles.local(folder.resolve("out"));
    assertThat(aborted.pixels().size(), is(greaterThan(0)));
    for (String path :
        aborted.files().keySet().stream().filter(p -> p.contains("journal")).toList()) {
      assertThat(path, aborted.text(path), not(containsString("\"failed\"")));
    }
    server.heal();
    server.clearLog();

    CommandRun renewed = runTable(table.toString(), out());

    assertThat(renewed.err(), renewed.code(), is(ExitCode.DONE));
    assertThat(OutputFiles.local(folder.resolve("out")).pixels(), is(own.pixels()));
    // What was under way when the first run ended may have been written after its files were
    // listed.
    assertThat(
        imageRequests(),
        is(both(greaterThan(0L)).and(lessThanOrEqualTo(60L - aborted.pixels().size()))));
  }

  @Test
  void pagesOfAListingThatAreLostOrOverlapMakeNoOtherJob() throws Exception {
    Map<String, String> all = putTwoTables();
    assertTwoTablesDone(runTable(TABLES, folder.resolve("sound").toString()), "sound", all);
    assertThat(server.count("GET", GALLERY, ""), is(1));
    int reads = server.count("GET", GALLERY, "tables/1.csv");
    server.clearLog();
    Fault page = Fault.page(1);
    server.script(
        GALLERY,
        "",
        page.and(Fault.loseReply()),
        page,
        Fault.status(500),
        page.and(Fault.overlap()));
    server.always(GALLERY, "", page);

    assertTwoTablesDone(runTable(TABLES, out()), "out", all);

    assertThat("5 with the faults, and 2 anew", server.count("GET", GALLERY, ""), is(7));
    assertThat(server.count("GET", GALLERY, "tables/1.csv"), is(reads));
    assertThat(server.count("GET", GALLERY, "tables/2.csv"), is(reads));
    assertThat(imageRequests(), is(10L));
  }

  private Map<String, String> putTwoTables() {
    S3Plate one = new S3Plate(server, GALLERY, "images").site(WELL, 1);
    S3Plate other = new S3Plate(server, GALLERY, "images").site("A02", 1);
    server.put(GALLERY, "tables/1.csv", one.table(S3Plate.Layout.URL));
    server.put(GALLERY, "tables/2.csv", other.table(S3Plate.Layout.URL));
    TreeMap<String, String> all = new TreeMap<>(one.pixels());
    all.putAll(other.pixels());
    return all;
  }

  private void assertTwoTablesDone(CommandRun command, String output, Map<String, String> all)
      throws IOException {
    assertThat(command.err(), command.code(), is(ExitCode.DONE));
    assertThat(command.out(), containsString("10 items: 10 done, 0 already done, 0 failed"));
    assertThat(OutputFiles.local(folder.resolve(output)).pixels(), is(all));
  }

  @Test
  void aListedTableThatIsNotThereIsAMistakeAndNothingIsStarted() {
    putTwoTables();
    server.always(GALLERY, "tables/2.csv", Fault.error(404, "NoSuchKey"));

    assertMistake(runTable(TABLES, out()), TABLES + ": ", "one that is listed can't be found");
  }

  @Test
  void aTableThatGoesBeforeItIsReadIsAMistakeAndNothingIsStarted() {
    putTwoTables();
    server.always(GALLERY, "tables/2.csv", Fault.error(404, "NoSuchKey").on("GET"));

    assertMistake(runTable(TABLES, out()), TABLES + "2.csv: it has gone since it was listed");
  }

  private void assertMistake(CommandRun command, String... parts) {
    assertThat(command.err(), command.code(), is(ExitCode.USAGE));
    for (String part : parts) {
      assertThat(command.err(), containsString(part));
    }
    assertThat(imageRequests(), is(0L));
    assertThat(Files.exists(Path.of(out())), is(false));
  }

  @Test
  void aTableThatGoesAfterTheRunHasBegunEndsItWithItsName() {
    putTwoTables();
    // Before the run begins its kind is looked at, its rows are read, and all of it is hashed.
    server.script(
        GALLERY,
        "tables/2.csv",
        Fault.none().on("GET"),
        Fault.none().on("GET"),
        Fault.none().on("GET"));
    server.always(GALLERY, "tables/2.csv", Fault.error(404, "NoSuchKey").on("GET"));

    CommandRun command = runTable(TABLES, out());

    assertThat(command.err(), command.code(), is(ExitCode.FAILED));
    assertThat(command.err(), containsString(TABLES + "2.csv: it has gone since it was listed"));
  }

  @Test
  void anImageThatWentAfterItsTableWasReadIsMissing() throws Exception {
    server.always(GALLERY, plate.key(WELL, 3, "RNA"), Fault.error(404, "NoSuchKey"));

    CommandRun command = run(out());

    assertThat(command.err(), command.code(), is(ExitCode.INCOMPLETE));
    assertThat(
        OutputFiles.local(folder.resolve("out")).failures(),
        is(Map.of(S3Plate.png(WELL, 3, "RNA"), "missing")));
  }

  @Test
  void lostRepliesToWritesChangeNothing() throws Exception {
    CommandRun sound = run("s3://our-bucket/sound");
    assertThat(sound.err(), sound.code(), is(ExitCode.DONE));
    server.share(0.2, Fault.loseReply().on("PUT"));

    CommandRun unsound = run("s3://our-bucket/unsound");

    assertThat(unsound.err(), unsound.code(), is(ExitCode.DONE));
    OutputFiles output = OutputFiles.s3(server, OWN, "unsound");
    assertThat(output.pixels(), is(plate.pixels()));
    assertThat(output.lastingPaths(), is(OutputFiles.s3(server, OWN, "sound").lastingPaths()));
    assertThat(output.manifest().size(), is(IMAGES));
    assertThat(server.unfinishedUploads(OWN), is(0));
  }

  private void script(int site, String channel, Fault... faults) {
    server.script(GALLERY, plate.key(WELL, site, channel), faults);
  }

  private long imageRequests() {
    return server.requests().stream().filter(r -> r.key().endsWith(".tiff")).count();
  }

  private String out() {
    return folder.resolve("out").toString();
  }

  private void assertAllDone(CommandRun command) throws IOException {
    assertThat(command.err(), command.code(), is(ExitCode.DONE));
    assertThat(OutputFiles.local(folder.resolve("out")).pixels(), is(plate.pixels()));
  }

  private CommandRun run(String output) throws IOException {
    Path table = folder.resolve("t.csv");
    Files.write(table, plate.table(S3Plate.Layout.PATH_AND_FILE));
    return runTable(table.toString(), output);
  }

  private CommandRun runTable(String table, String output, String... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "plate",
                    "--job_csv_path=" + table,
                    "--output_dir=" + output,
                    "--endpoint=" + server.endpoint(),
                    "--s3_retry_delay_seconds=0.01"),
                Stream.of(more))
            .toArray(String[]::new));
  }
}
