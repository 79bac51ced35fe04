package org.cytobeam.direct.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cytobeam.testing.plate.AwsProperties;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.S3TestServer;
import org.cytobeam.transforms.images.Lookup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fault N8: credentials that expire, or that are not there, end the run, mark nothing as failed,
 * and the same command goes on with others.
 */
@Timeout(180)
final class ImagesCredentialsTest {

  private static final int IMAGES = 40;

  /** The command that renews credentials, or the one that makes some. */
  private static final Pattern COMMAND = Pattern.compile("(?s).*aws (sso login|configure).*");

  @TempDir private Path folder;
  private FaultyBucket bucket;
  private final AwsProperties credentials =
      AwsProperties.set(S3TestServer.ACCESS_KEY_ID, S3TestServer.SECRET_ACCESS_KEY);

  @BeforeEach
  void start() {
    Assumptions.assumeTrue(
        System.getenv("AWS_ACCESS_KEY_ID") == null, "there are credentials in the environment");
    bucket = new FaultyBucket(folder, Access.SIGNED);
    for (int i = 0; i < IMAGES; i++) {
      bucket.put(name(i), FaultyBucket.SMALL);
    }
  }

  @AfterEach
  void stop() {
    credentials.close();
    if (bucket != null) {
      bucket.close();
    }
  }

  private static String name(int i) {
    return String.format(Locale.ROOT, "%02d.jpg", i);
  }

  private static Fault expired(int status) {
    return Fault.error(status, "ExpiredToken");
  }

  private void assertExpired(CommandRun run) throws IOException {
    bucket.assertAborted(
        run,
        "the AWS credentials have expired",
        "Renew the credentials",
        "run the same command again");
    assertThat(run.err(), matchesPattern(COMMAND));
  }

  static Stream<Arguments> expiries() {
    return Stream.of(Lookup.LIST, Lookup.HEAD)
        .flatMap(lookup -> Stream.of(400, 403).map(status -> Arguments.of(lookup, status)));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403})
  void inTheMiddleOfAListing(int status) throws Exception {
    bucket.server.script(FaultyBucket.NAME, "", Fault.page(10).on("GET"));
    bucket.server.always(FaultyBucket.NAME, "", expired(status).on("GET"));

    CommandRun run = bucket.run(Lookup.LIST);

    assertExpired(run);
    assertThat(bucket.pages(), is(2));
    assertThat(bucket.pictures(), is(anEmptyMap()));
    bucket.server.heal();
    bucket.assertAllDone(bucket.run(Lookup.LIST));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403})
  void whileNamesAreAskedFor(int status) throws Exception {
    bucket.always(name(30), expired(status));

    CommandRun run = bucket.run(Lookup.HEAD);

    assertExpired(run);
    assertThat("one byte, for a reason", bucket.ranges(name(30)), is(List.of("bytes=0-0")));
    assertThat(bucket.pictures(), is(anEmptyMap()));
    bucket.server.heal();
    bucket.assertAllDone(bucket.run(Lookup.HEAD));
  }

  @ParameterizedTest
  @MethodSource("expiries")
  void inTheMiddleOfTheCopy(Lookup lookup, int status) throws Exception {
    int pages = lookup == Lookup.LIST ? 1 : 0;
    bucket.server.after(pages + 25, expired(status).on("GET"));

    CommandRun run = bucket.run(lookup);

    assertExpired(run);
    int known = bucket.journalled();
    bucket.server.heal();
    bucket.server.clearLog();

    CommandRun renewed = bucket.run(lookup);

    bucket.assertAllDone(renewed);
    assertThat(
        renewed.out(),
        containsString(
            "40 items: %d done, %d already done, 0 failed".formatted(IMAGES - known, known)));
    assertThat(copies(), is((long) IMAGES - known));
  }

  private long copies() {
    return bucket.server.requests().stream()
        .filter(request -> request.method().equals("GET") && !request.key().isEmpty())
        .count();
  }

  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void betweenTheRangesOfALargeObject(Lookup lookup) throws Exception {
    bucket.put("large.tif", FaultyBucket.LARGE);
    bucket.script("large.tif", Fault.none().on("GET"));
    bucket.always("large.tif", expired(403).on("GET"));

    CommandRun run = bucket.run(lookup);

    assertExpired(run);
    assertThat(bucket.pictures().containsKey("large.tif"), is(false));
    bucket.server.heal();
    bucket.assertAllDone(bucket.run(lookup));
  }

  @Test
  void whenALargeObjectIsLookedAt() throws Exception {
    bucket.put("large.tif", FaultyBucket.LARGE);
    bucket.always("large.tif", expired(400));

    assertExpired(bucket.run(Lookup.LIST));

    assertThat(bucket.ranges("large.tif"), is(List.of("bytes=0-0")));
    bucket.server.heal();
    bucket.assertAllDone(bucket.run(Lookup.LIST));
  }

  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void absentOnesEndTheRunBeforeAnyRequest(Lookup lookup) throws Exception {
    credentials.close();

    CommandRun run;
    try (Properties none = new Properties(folder)) {
      run = bucket.run(lookup);
    }

    bucket.assertAborted(run, "no AWS credentials were found", "run the same command again");
    assertThat(run.err(), containsString("aws configure"));
    assertThat(bucket.server.requests(), is(empty()));
    try (AwsProperties found =
        AwsProperties.set(S3TestServer.ACCESS_KEY_ID, S3TestServer.SECRET_ACCESS_KEY)) {
      bucket.assertAllDone(bucket.run(lookup));
    }
  }

  /** Lets the AWS SDK find no credentials on this machine. */
  private static final class Properties implements AutoCloseable {

    private final Map<String, String> before = new HashMap<>();

    Properties(Path empty) {
      set("aws.sharedCredentialsFile", empty.resolve("no-credentials").toString());
      set("aws.configFile", empty.resolve("no-config").toString());
      set("aws.disableEc2Metadata", "true");
    }

    private void set(String name, String value) {
      before.put(name, System.setProperty(name, value));
    }

    @Override
    public void close() {
      before.forEach(
          (name, value) -> {
            if (value == null) {
              System.clearProperty(name);
            } else {
              System.setProperty(name, value);
            }
          });
    }
  }
}
