package org.cytobeam.transforms.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.util.SerializableUtils;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.io.s3.StaticCredentials;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.RecordedRequest;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;

final class AwsOptionsTest {

  private static final String GALLERY = "cellpainting-gallery";

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModules(ObjectMapper.findModules(AwsOptionsTest.class.getClassLoader()));

  private static S3AccessOptions options() {
    return PipelineOptionsFactory.as(S3AccessOptions.class);
  }

  /** Returns options as a worker gets them. */
  private static S3AccessOptions sent(PipelineOptions options) throws IOException {
    return MAPPER
        .readValue(MAPPER.writeValueAsString(options), PipelineOptions.class)
        .as(S3AccessOptions.class);
  }

  @Test
  void withoutOptionsTheSettingsAreTheDefaults() {
    S3AccessOptions options = options();
    options.setAwsRegion(null);

    assertThat(AwsSettings.of(options), is(S3Settings.defaults()));
  }

  @Test
  void optionsBecomeSettings() {
    S3AccessOptions options = options();
    options.setEndpoint(URI.create("http://127.0.0.1:9000"));
    options.setAwsRegion(Region.EU_WEST_1);
    options.setS3Anonymous(true);
    options.setS3PublicBuckets(List.of("mine", "yours"));
    options.setS3MaxAttempts(2);
    options.setS3RetryDelaySeconds(0.5);
    options.setS3AttemptTimeoutSeconds(3);
    options.setS3CallTimeoutSeconds(9);

    S3Settings settings = AwsSettings.of(options);

    assertThat(settings.endpoint(), is(URI.create("http://127.0.0.1:9000")));
    assertThat(settings.region(), is("eu-west-1"));
    assertThat(settings.anonymous(), is(true));
    assertThat(
        settings.publicBuckets(), is(Set.of(GALLERY, "janelia-cosem-datasets", "mine", "yours")));
    assertThat(settings.credentials(), is(nullValue()));
    assertThat(settings.maxAttempts(), is(2));
    assertThat(settings.retryDelay(), is(Duration.ofMillis(500)));
    assertThat(settings.attemptTimeout(), is(Duration.ofSeconds(3)));
    assertThat(settings.readTimeout(), is(Duration.ofSeconds(3)));
    assertThat(settings.callTimeout(), is(Duration.ofSeconds(9)));
  }

  @Test
  void credentialsThatAreGivenAreUsedAndHidden() {
    S3AccessOptions options = options();
    options.setAwsCredentialsProvider(
        StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "canary-1")));
    assertThat(
        AwsSettings.of(options).credentials(), is(new StaticCredentials("id", "canary-1", null)));

    options.setAwsCredentialsProvider(
        StaticCredentialsProvider.create(
            AwsSessionCredentials.create("id", "canary-1", "canary-2")));
    S3Settings settings = AwsSettings.of(options);
    assertThat(settings.credentials(), is(new StaticCredentials("id", "canary-1", "canary-2")));
    assertThat(settings.toString(), not(containsString("canary")));
  }

  /** What a worker is sent is text, and its options show that text as it is. */
  @Test
  void optionsOfAPipelineShowNoCredentials() throws IOException {
    S3AccessOptions options = options();
    options.setAwsCredentialsProvider(
        StaticCredentialsProvider.create(
            AwsSessionCredentials.create("canary-0", "canary-1", "canary-2")));

    AwsSettings.settleClients(options);

    S3AccessOptions ofWorker = sent(options);
    assertThat(MAPPER.writeValueAsString(options), not(containsString("canary")));
    for (PipelineOptions shown : List.of(options, ofWorker, ofWorker.as(S3Options.class))) {
      assertThat(shown.toString(), containsString("s3HeldCredentials"));
      assertThat(shown.toString(), not(containsString("canary")));
      assertThat(DisplayData.from(shown).toString(), containsString("clientBuilderFactory"));
      assertThat(DisplayData.from(shown).toString(), not(containsString("canary")));
    }
    StaticCredentials given = new StaticCredentials("canary-0", "canary-1", "canary-2");
    assertThat(AwsSettings.of(options).credentials(), is(given));
    assertThat(AwsSettings.of(ofWorker).credentials(), is(given));
    assertThat(
        String.valueOf(HeldCredentials.of(ofWorker)), containsString("StaticCredentials[hidden]"));
  }

  @Test
  void credentialsAreHeldWhereAStepBringsThem() {
    HeldCredentials elsewhere =
        new HeldCredentials("of another process", new StaticCredentials("id", "canary-1", null));
    S3AccessOptions options = options();
    options.setS3HeldCredentials(elsewhere.name());
    Exception thrown = assertThrows(IllegalStateException.class, () -> AwsSettings.of(options));
    assertThat(thrown.getMessage(), is("the run's credentials have not come to this process"));

    SerializableUtils.clone(elsewhere).hold();

    assertThat(AwsSettings.of(options).credentials(), is(elsewhere.credentials()));
  }

  @Test
  void withoutCredentialsNoneAreHeld() {
    S3AccessOptions options = options();

    AwsSettings.settleClients(options);

    assertThat(HeldCredentials.of(options), is(Optional.empty()));
    assertThat(AwsSettings.of(options).credentials(), is(nullValue()));
  }

  @Test
  void passwordsOfProxiesAreRefusedAndNotRepeated() {
    ProxyConfiguration.Builder proxy =
        ProxyConfiguration.builder()
            .endpoint(URI.create("http://localhost:1"))
            .useSystemPropertyValues(false)
            .useEnvironmentVariableValues(false);
    S3AccessOptions options = options();
    AwsSettings.checkProxy(options);
    options.setProxyConfiguration(proxy.username("me").build());
    AwsSettings.checkProxy(options);
    options.setProxyConfiguration(proxy.password("canary-1").build());

    Exception thrown =
        assertThrows(IllegalArgumentException.class, () -> AwsSettings.checkProxy(options));

    assertThat(thrown.getMessage(), startsWith("has a password"));
    assertThat(thrown.getMessage(), not(containsString("canary")));
  }

  @Test
  void providersThatOnlyBeamCouldUseAreRefused() {
    S3AccessOptions options = options();
    options.setAwsCredentialsProvider(AnonymousCredentialsProvider.create());

    Exception thrown = assertThrows(IllegalArgumentException.class, () -> AwsSettings.of(options));

    assertThat(thrown.getMessage(), containsString("AnonymousCredentialsProvider can't be used"));
  }

  @Test
  void beamReadsPublicBucketsUnsignedAndOnesOwnSigned() throws IOException {
    try (S3TestServer server =
        S3TestServer.start().bucket(GALLERY, Access.UNSIGNED).bucket("own", Access.SIGNED)) {
      server.put(GALLERY, "a b/x#1.csv", "public".getBytes(UTF_8));
      S3AccessOptions options = options();
      options.setEndpoint(server.endpoint());
      options.setAwsRegion(Region.US_EAST_1);
      options.setAwsCredentialsProvider(
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(
                  S3TestServer.ACCESS_KEY_ID, S3TestServer.SECRET_ACCESS_KEY)));
      AwsSettings.settleClients(options);
      FileSystems.setDefaultPipelineOptions(sent(options));

      assertThat(read("s3://" + GALLERY + "/a b/x#1.csv"), is("public"));
      write("s3://own/y.txt", "mine");
      assertThat(read("s3://own/y.txt"), is("mine"));

      assertThat(new String(server.get("own", "y.txt").orElseThrow(), UTF_8), is("mine"));
      assertThat(signed(server, GALLERY), is(not(empty())));
      assertThat(signed(server, GALLERY), everyItem(is(false)));
      assertThat(signed(server, "own"), is(not(empty())));
      assertThat(signed(server, "own"), everyItem(is(true)));
    }
  }

  private static List<Boolean> signed(S3TestServer server, String bucket) {
    return server.requests().stream()
        .filter(request -> request.bucket().equals(bucket))
        .map(RecordedRequest::signed)
        .toList();
  }

  private static String read(String address) throws IOException {
    ResourceId resource = FileSystems.matchSingleFileSpec(address).resourceId();
    try (ReadableByteChannel channel = FileSystems.open(resource)) {
      return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
    }
  }

  private static void write(String address, String text) throws IOException {
    ResourceId resource = FileSystems.matchNewResource(address, false);
    try (WritableByteChannel channel = FileSystems.create(resource, "text/plain")) {
      channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }
  }
}
