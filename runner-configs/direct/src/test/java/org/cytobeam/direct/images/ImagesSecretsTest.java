package org.cytobeam.direct.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cytobeam.direct.plate.ShownOptions;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CleanJvm;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fault S11: credentials are used, and written down nowhere, also when requests fail. */
@Timeout(180)
final class ImagesSecretsTest {

  private static final String ID = "AKIACANARY7ID7IN7ENV";
  private static final String SECRET = "canary/secret+of+mine";
  private static final String TOKEN = "canary//session==token";
  private static final String SIGNATURE = "c0ffee5ec2e7";
  private static final String PASSWORD = "hunter2-canary";

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

  /** Makes three objects of which two fail, once with the key in the refusal, as S3 does it. */
  private List<String> wordsOfAFailingRun() throws IOException {
    bucket.with("a.jpg", "b.jpg", "c.jpg");
    String refusal =
        "<Error><Code>AccessDenied</Code><Message>%s may not.</Message>"
            + "<AWSAccessKeyId>%s</AWSAccessKeyId></Error>";
    bucket.server.always(
        ImagesBucket.NAME,
        "my-folder/b.jpg",
        Fault.body(403, "application/xml", refusal.formatted(ID, ID)).on("GET"));
    bucket.server.always(
        ImagesBucket.NAME, "my-folder/c.jpg", Fault.error(403, "SignatureDoesNotMatch").on("GET"));
    Path table = bucket.table("data.csv", "a.jpg", "b.jpg", "c.jpg", "none.jpg");
    List<String> words = new ArrayList<>(List.of(bucket.words(table, "--auto-confirm")));
    words.remove("--s3_anonymous");
    return words;
  }

  private void assertNowhere(String... printed) throws IOException {
    assertThat(
        bucket.server.requests().stream()
            .filter(RecordedRequest::signed)
            .filter(r -> r.headers().getOrDefault("Authorization", "").contains(ID))
            .filter(r -> r.headers().getOrDefault("x-amz-security-token", "").equals(TOKEN))
            .toList(),
        not(empty()));
    assertThat(tellers(printed), is(empty()));
  }

  private List<String> tellers(String... printed) throws IOException {
    List<String> tellers = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : bucket.files().files().entrySet()) {
      addIfItTells(file.getKey(), OutputFiles.allTexts(file.getKey(), file.getValue()), tellers);
    }
    for (String text : printed) {
      addIfItTells("the console", text, tellers);
    }
    return tellers;
  }

  private static void addIfItTells(String where, String text, List<String> tellers) {
    for (String secret : List.of(ID, SECRET, TOKEN, SIGNATURE, PASSWORD)) {
      if (text.contains(secret) || where.contains(secret)) {
        tellers.add(secret + " in " + where);
      }
    }
  }

  @Test
  void thoseOfTheEnvironmentStayThere() throws Exception {
    List<String> words = wordsOfAFailingRun();
    Map<String, String> environment =
        Map.of(
            "AWS_ACCESS_KEY_ID", ID,
            "AWS_SECRET_ACCESS_KEY", SECRET,
            "AWS_SESSION_TOKEN", TOKEN);

    CleanJvm.Ended command =
        CleanJvm.run(Files.createDirectory(folder.resolve("home")), environment, words);

    assertThat(command.err(), command.code(), is(3));
    assertThat(command.out(), containsString("4 items: 1 done, 0 already done, 3 failed"));
    assertNowhere(command.out(), command.err());
  }

  @Test
  void thoseOfAProviderAreNotRepeated() throws Exception {
    List<String> words = wordsOfAFailingRun();
    words.add(
        "--awsCredentialsProvider={\"@type\":\"StaticCredentialsProvider\",\"accessKeyId\":\"%s\",\"secretAccessKey\":\"%s\",\"sessionToken\":\"%s\"}"
            .formatted(ID, SECRET, TOKEN));

    List<CommandRun> commands = new ArrayList<>();
    List<String> shown =
        ShownOptions.during(() -> commands.add(CommandRun.of(words.toArray(String[]::new))));

    CommandRun command = commands.get(0);
    assertThat(command.err(), command.code(), is(ExitCode.INCOMPLETE));
    assertThat(command.out(), containsString("4 items: 1 done, 0 already done, 3 failed"));
    assertNowhere(command.out(), command.err());
    assertThat(shown, not(empty()));
    assertThat(tellers(shown.toArray(String[]::new)), is(empty()));
  }

  /** A table may have addresses as somebody's browser had them. */
  @Test
  void thoseOfNamesAreNotRepeated() throws Exception {
    String signed = "?X-Amz-Security-Token=" + SIGNATURE + "&X-Amz-Signature=" + SIGNATURE;
    bucket.with("a.jpg", "b.jpg");
    Path table =
        bucket.table(
            "data.csv",
            "a.jpg",
            "https://my-bucket.s3.amazonaws.com/my-folder/b.jpg" + signed,
            "s3://my-bucket/my-folder/b.jpg" + signed,
            "s3://other/my-folder/b.jpg" + signed,
            "https://me:" + PASSWORD + "@host/x.jpg",
            "s3://me:" + PASSWORD + "@my-bucket/x.jpg");

    CommandRun run = bucket.run(table);
    CommandRun json = bucket.run(table, "--json");

    assertThat(run.err(), run.code(), is(ExitCode.INCOMPLETE));
    assertThat(
        bucket.failures(),
        is(
            Map.of(
                "data.csv line 2", "bad_row",
                "data.csv line 3", "bad_row",
                "data.csv line 4", "bad_row",
                "data.csv line 5", "bad_row",
                "data.csv line 6", "bad_row")));
    assertThat(bucket.images(), is(Map.of("a.jpg", "a.jpg")));
    assertThat(tellers(run.out(), run.err(), json.out(), json.err()), is(empty()));
  }
}
