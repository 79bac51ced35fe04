package org.cytobeam.direct.plate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.stream.Stream;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CleanJvm;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.S3Plate;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.RecordedRequest;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Credentials are used, and written down nowhere, also when requests fail. */
@Timeout(180)
final class S3SecretsTest {

  private static final String ID = "AKIACANARY7ID7IN7ENV";
  private static final String SECRET = "canary/secret+in+the+environment";
  private static final String TOKEN = "canary//session==token";
  private static final String SIGNATURE = "c0ffee5ec2e7";
  private static final String PASSWORD = "hunter2-canary";
  private static final String SIGNED =
      "X-Amz-Date=20260101&X-Amz-Security-Token=" + SIGNATURE + "&X-Amz-Signature=" + SIGNATURE;
  private static final String BUCKET = "our-bucket";

  private final S3TestServer server = S3TestServer.start().bucket(BUCKET);
  private final S3Plate plate = new S3Plate(server, BUCKET, "images").site("A01", 1);

  @TempDir Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void thoseOfTheEnvironmentStayThere() throws Exception {
    breakRequests();

    CleanJvm.Ended command =
        CleanJvm.run(
            folder,
            Map.of(
                "AWS_ACCESS_KEY_ID", ID,
                "AWS_SECRET_ACCESS_KEY", SECRET,
                "AWS_SESSION_TOKEN", TOKEN),
            arguments());

    assertThat(command.err(), command.code(), is(3));
    assertNowhere(command.out(), command.err());
  }

  @Test
  void thoseOfTheCommandLineAreNotRepeated() throws Exception {
    breakRequests();
    List<String> arguments = new ArrayList<>(arguments());
    arguments.add(
        "--awsCredentialsProvider={\"@type\":\"StaticCredentialsProvider\",\"accessKeyId\":\"%s\",\"secretAccessKey\":\"%s\",\"sessionToken\":\"%s\"}"
            .formatted(ID, SECRET, TOKEN));

    List<CommandRun> commands = new ArrayList<>();
    List<String> shown =
        ShownOptions.during(() -> commands.add(CommandRun.of(arguments.toArray(String[]::new))));

    CommandRun command = commands.get(0);
    assertThat(command.err(), command.code(), is(ExitCode.INCOMPLETE));
    assertNowhere(command.out(), command.err());
    assertThat(
        shown.stream().filter(text -> text.contains(server.endpoint().toString())).toList(),
        not(empty()));
    assertThat(tellers(shown.toArray(String[]::new)), empty());
  }

  @Test
  void thoseOfSystemPropertiesStayThere() throws Exception {
    breakRequests();
    List<String> flags =
        List.of(
            "-Daws.accessKeyId=" + ID,
            "-Daws.secretAccessKey=" + SECRET,
            "-Daws.sessionToken=" + TOKEN);

    CleanJvm.Ended command = CleanJvm.run(folder, Map.of(), flags, arguments());

    assertThat(command.err(), command.code(), is(3));
    assertNowhere(command.out(), command.err());
  }

  @Test
  void thoseOfACredentialsFileStayThere() throws Exception {
    breakRequests();
    Path file = Files.createDirectories(folder.resolve("home/.aws")).resolve("credentials");
    Files.writeString(
        file,
        """
        [me]
        aws_access_key_id = %s
        aws_secret_access_key = %s
        aws_session_token = %s
        """
            .formatted(ID, SECRET, TOKEN));
    Map<String, String> environment =
        Map.of("AWS_PROFILE", "me", "AWS_SHARED_CREDENTIALS_FILE", file.toString());

    CleanJvm.Ended command = CleanJvm.run(folder, environment, List.of(), arguments());

    assertThat(command.err(), command.code(), is(3));
    Files.delete(file);
    assertNowhere(command.out(), command.err());
  }

  /** In tables, which come from others, and in options; in requests that fail and that succeed. */
  @Test
  void thoseOfAddressesAndOptionsAreNotRepeated() throws Exception {
    server.put(BUCKET, plate.key("A01", 1, "DNA") + "?" + SIGNED, plate.image("A01", 1, "DNA"));
    String refusal = "<Error><Code>Odd</Code><Message>http://me:%s@h/?%s</Message></Error>";
    server.always(
        BUCKET,
        plate.key("A01", 1, "AGP") + "?" + SIGNED,
        Fault.body(400, "application/xml", refusal.formatted(PASSWORD, "sig=" + SIGNATURE)));
    plate.site("B02", 1);
    String table =
        new String(plate.table(S3Plate.Layout.URL), UTF_8)
            .replaceAll("(A01-f1-(?:DNA|AGP|ER|Mito)\\.tiff)", "$1?" + SIGNED)
            .replaceAll("s3:(//[^\"]*B02-f1-DNA)", "https://me:" + PASSWORD + "@h$1?" + SIGNED);
    server.put(BUCKET, "t.csv", table.getBytes(UTF_8));
    String[] arguments = {
      "plate",
      "--job_csv_path=s3://our-bucket/t.csv",
      "--output_dir=s3://our-bucket/out",
      "--endpoint=" + server.endpoint(),
      "--s3_max_attempts=2",
      "--s3_retry_delay_seconds=0.01",
      "--awsCredentialsProvider={\"@type\":\"StaticCredentialsProvider\",\"accessKeyId\":\"%s\",\"secretAccessKey\":\"%s\",\"sessionToken\":\"%s\"}"
          .formatted(ID, SECRET, TOKEN)
    };

    CommandRun command = CommandRun.of(arguments);

    assertThat(command.err(), command.code(), is(ExitCode.INCOMPLETE));
    assertNowhere(command.out(), command.err());
  }

  /** Nobody listens there, so that the SDK says what it can't do, and with what. */
  @Test
  void thoseOfAServerThatIsNotThereAreNotRepeated() throws Exception {
    String endpoint = "--endpoint=http://localhost:1";
    Path table = Files.write(folder.resolve("t.csv"), plate.table(S3Plate.Layout.URL));

    CommandRun unreachable =
        CommandRun.plate(table, folder.resolve("out"), endpoint, "--s3_max_attempts=1");
    CommandRun noTable =
        CommandRun.of(
            "plate",
            "--job_csv_path=s3://our-bucket/t.csv?" + SIGNED,
            "--output_dir=" + folder.resolve("other"),
            "--s3_max_attempts=1",
            endpoint);
    CommandRun noOption =
        CommandRun.of(
            "plate", "--endpont=http://me:" + PASSWORD + "@h", "out?" + SIGNED, "--endpoint=::");
    CommandRun password =
        CommandRun.plate(
            table, folder.resolve("third"), "--endpoint=http://me:" + PASSWORD + "@localhost:1");
    CommandRun proxy =
        CommandRun.plate(
            table,
            folder.resolve("fourth"),
            "--proxy_configuration={\"endpoint\":\"http://localhost:1\",\"username\":\"me\",\"password\":\"%s\"}"
                .formatted(PASSWORD));

    assertThat(unreachable.err(), unreachable.code(), is(ExitCode.INCOMPLETE));
    assertThat(noTable.err(), noTable.code(), is(ExitCode.USAGE));
    assertThat(noOption.err(), noOption.code(), is(ExitCode.USAGE));
    assertThat(password.code(), is(ExitCode.USAGE));
    assertThat(
        password.err(),
        containsString("  --endpoint: has a user or a password, which no S3 server takes; leave"));
    assertThat(proxy.code(), is(ExitCode.USAGE));
    assertThat(proxy.err(), containsString("  --proxy_configuration: has a password"));
    assertThat(
        tellers(
            proxy.out(),
            proxy.err(),
            unreachable.out(),
            unreachable.err(),
            noTable.out(),
            noTable.err(),
            noOption.out(),
            noOption.err(),
            password.out(),
            password.err()),
        empty());
  }

  private List<String> arguments() {
    server.put(BUCKET, "t.csv", plate.table(S3Plate.Layout.URL));
    return List.of(
        "plate",
        "--job_csv_path=s3://our-bucket/t.csv",
        "--output_dir=s3://our-bucket/out",
        "--endpoint=" + server.endpoint(),
        "--s3_max_attempts=2",
        "--s3_retry_delay_seconds=0.01");
  }

  /** S3 repeats the key in its refusals: Amazon S3 API Reference, "Error responses". */
  private void breakRequests() {
    String refusal =
        "<Error><Code>InvalidAccessKeyId</Code><Message>%s does not exist.</Message>"
            + "<AWSAccessKeyId>%s</AWSAccessKeyId></Error>";
    server.always(
        BUCKET,
        plate.key("A01", 1, "DNA"),
        Fault.body(403, "application/xml", refusal.formatted(ID, ID)));
    server.always(BUCKET, plate.key("A01", 1, "AGP"), Fault.status(503));
    server.always(BUCKET, plate.key("A01", 1, "ER"), Fault.loseReply());
    server.always(BUCKET, plate.key("A01", 1, "Mito"), Fault.error(403, "SignatureDoesNotMatch"));
  }

  private void assertNowhere(String... printed) throws IOException {
    assertThat(
        server.requests().stream()
            .filter(RecordedRequest::signed)
            .filter(r -> r.headers().getOrDefault("Authorization", "").contains(ID))
            .filter(r -> r.headers().getOrDefault("x-amz-security-token", "").equals(TOKEN))
            .toList(),
        not(empty()));
    OutputFiles output = OutputFiles.s3(server, BUCKET, "out");
    assertThat(output.failures().size(), is(4));
    assertThat(output.runFiles(), not(empty()));
    String manifest = "_cytobeam/manifest.parquet";
    assertThat(
        OutputFiles.allTexts(manifest, output.bytes(manifest)), containsString("A01-f1-DNA.tiff"));
    assertThat(tellers(printed), empty());
  }

  /** Returns what tells a secret: of all that was printed and written, here and in the bucket. */
  private List<String> tellers(String... printed) throws IOException {
    OutputFiles output = OutputFiles.s3(server, BUCKET, "out");
    List<String> tellers = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : output.files().entrySet()) {
      addIfItTells(file.getKey(), file.getValue(), tellers);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        addIfItTells(file.toString(), Files.readAllBytes(file), tellers);
      }
    }
    for (String text : printed) {
      addIfItTells("the console", text.getBytes(ISO_8859_1), tellers);
    }
    return tellers;
  }

  private static void addIfItTells(String where, byte[] bytes, List<String> tellers)
      throws IOException {
    String text = OutputFiles.allTexts(where, bytes);
    for (String secret : List.of(ID, SECRET, TOKEN, SIGNATURE, PASSWORD)) {
      if (text.contains(secret)) {
        tellers.add(secret + " in " + where);
      }
    }
  }
}
