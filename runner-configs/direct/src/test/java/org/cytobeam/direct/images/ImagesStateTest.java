package org.cytobeam.direct.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.Tree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault P10: what earlier runs, and others, have left in the folder is damaged. */
@Timeout(180)
final class ImagesStateTest {

  private static final Map<String, String> ALL =
      Map.of("a.jpg", "a.jpg", "b.jpg", "b.jpg", "c.jpg", "c.jpg");

  @TempDir private Path folder;

  /** Where a state goes that can't be read. */
  private static final String UNREAD = "download_state.json.unread";

  private ImagesBucket bucket;
  private Path table;

  @BeforeEach
  void start() throws IOException {
    bucket = new ImagesBucket(folder).with("a.jpg", "b.jpg", "c.jpg");
    table = bucket.table("t.csv", "a.jpg", "b.jpg", "c.jpg");
  }

  @AfterEach
  void stop() {
    bucket.close();
  }

  private void assertDone(CommandRun run, String counts) throws IOException {
    assertThat(run.out() + run.err(), run.code(), is(ExitCode.DONE));
    assertThat(run.out(), containsString(counts));
    Map<String, String> images = new TreeMap<>(bucket.images());
    images.remove(UNREAD);
    assertThat(images, is(ALL));
  }

  @Test
  void aStateThatCantBeReadIsKeptUnderAnotherName() throws Exception {
    Files.createDirectories(bucket.out());
    Files.writeString(bucket.out().resolve("download_state.json"), "garbage");

    CommandRun run = bucket.run(table);

    assertDone(run, "3 items: 3 done");
    assertThat(run.out(), containsString(UNREAD));
    assertThat(bucket.files().text(UNREAD), is("garbage"));
  }

  @Test
  void aDamagedManifestIsRefusedWithTheMendAndNothingIsAsked() throws Exception {
    assertDone(bucket.run(table), "3 items: 3 done");
    Path manifest = bucket.out().resolve("_cytobeam/manifest.parquet");
    byte[] whole = Files.readAllBytes(manifest);
    for (byte[] damage :
        new byte[][] {
          {}, Arrays.copyOf(whole, whole.length / 2), new byte[1000], "{\"x\":1}".getBytes(UTF_8)
        }) {
      Files.write(manifest, damage);
      bucket.server.clearLog();

      CommandRun refused = bucket.run(table);

      assertThat(refused.out() + refused.err(), refused.code(), is(ExitCode.USAGE));
      assertThat(refused.err(), containsString(manifest.toString()));
      assertThat(refused.err(), containsString("ove it away to go on"));
      assertThat(bucket.server.requests().size(), is(0));
    }

    Files.delete(manifest);
    assertDone(bucket.run(table), "3 items: ");
    assertDone(bucket.run(table), "3 items: 0 done, 3 already done, 0 failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0\0\0\0",
        "garbage",
        "[]",
        "{\"downloaded\": [\"a.jpg\", \"b.j",
        "{\"downloaded\": {\"a.jpg\": 1}}",
        "{\"downloaded\": [1, null, [\"a.jpg\"]]}",
        "{\"downloaded\": [\"other.jpg\", \"../x\"], \"failed\": [], \"skipped\": []}",
        "{\"downloaded\": [\"a.jpg\", \"b.jpg\", \"c.jpg\"], \"failed\": [], \"skipped\": []}"
      })
  void theStateOfAnEarlierDownloaderProvesNothingByItself(String state) throws Exception {
    Files.createDirectories(bucket.out());
    Files.writeString(bucket.out().resolve("download_state.json"), state);

    assertDone(bucket.run(table), "3 items: 3 done, 0 already done, 0 failed");

    assertThat(
        bucket.files().text("download_state.json"),
        containsString("\"downloaded\": [\n    \"a.jpg\",\n    \"b.jpg\",\n    \"c.jpg\"\n  ]"));
  }

  /** Ours is made from the manifest: it is made again. */
  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "{\"downloaded\": [\"z.jpg\"]}"})
  void theStateIsMadeAnewAndNothingIsFetchedForIt(String state) throws Exception {
    assertDone(bucket.run(table), "3 items: 3 done, 0 already done, 0 failed");
    bucket.server.clearLog();
    Files.writeString(bucket.out().resolve("download_state.json"), state);

    assertDone(bucket.run(table), "3 items: 0 done, 3 already done, 0 failed");

    assertThat(bucket.fetched(), is(0L));
    assertThat(
        bucket.files().text("download_state.json"),
        containsString("\"downloaded\": [\n    \"a.jpg\",\n    \"b.jpg\",\n    \"c.jpg\"\n  ]"));
  }

  @Test
  void thePlanOfAKilledRunIsNotFollowedAndItsTemporariesAreClearedAway() throws Exception {
    String killed = "20260101T000000Z-0badc0de";
    Path run = bucket.out().resolve("_cytobeam/runs/" + killed);
    Files.createDirectories(run.resolve("matches/parts"));
    Files.writeString(run.resolve("matches/parts/00000.rows"), "torn");
    Files.writeString(run.resolve("matches/analysis.json"), "{");
    Files.writeString(bucket.out().resolve(".a.jpg." + killed + ".a74dca2d-32.tmp"), "torn");

    assertDone(bucket.run(table), "3 items: 3 done, 0 already done, 0 failed");

    assertThat(Tree.paths(bucket.out()), not(hasItem(startsWith(".a.jpg."))));
    String own =
        bucket.files().files().keySet().stream()
            .filter(path -> path.endsWith("/summary.json"))
            .findFirst()
            .orElseThrow()
            .replace("summary.json", "matches/parts/");
    assertThat(Tree.paths(bucket.out()), not(hasItem(startsWith(own))));
  }

  /** The same names mean other objects under another prefix: they are fetched. */
  @Test
  void theStateOfAnotherPrefixProvesNothing() throws Exception {
    assertDone(bucket.run(table), "3 items: 3 done, 0 already done, 0 failed");
    for (String key : ALL.keySet()) {
      bucket.server.put(ImagesBucket.NAME, "other/" + key, ImagesBucket.bytes(key + " other"));
    }
    String[] words = bucket.words(table, "--auto-confirm");
    words[6] = "other/";

    CommandRun run = CommandRun.of(words);

    assertThat(run.out() + run.err(), run.code(), is(ExitCode.DONE));
    assertThat(run.out(), containsString("3 items: 3 done, 0 already done, 0 failed"));
    assertThat(
        bucket.images(),
        is(Map.of("a.jpg", "a.jpg other", "b.jpg", "b.jpg other", "c.jpg", "c.jpg other")));
  }
}
