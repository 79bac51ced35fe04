package org.cytobeam.transforms.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
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
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.io.s3.StaticCredentials;
import org.cytobeam.io.secrets.Redaction;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.RecordedRequest;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

final class AwsOptionsTest {

  private static final String GALLERY = "cellpainting-gallery";

  private static S3AccessOptions options() {
    return PipelineOptionsFactory.as(S3AccessOptions.class);
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

  /**
   * Beam shows the id of the key, which is no secret by itself. As text the options that a worker
   * gets tell all: a log must redact them.
   */
  @Test
  void displayDataOfTheOptionsHasNoSecret() throws IOException {
    S3AccessOptions options = options();
    options.setAwsCredentialsProvider(
        StaticCredentialsProvider.create(
            AwsSessionCredentials.create("the-id", "canary-1", "canary-2")));
    ObjectMapper mapper =
        new ObjectMapper().registerModules(ObjectMapper.findModules(getClass().getClassLoader()));
    PipelineOptions ofWorker =
        mapper.readValue(mapper.writeValueAsString(options), PipelineOptions.class);

    assertThat(options.toString(), not(containsString("canary")));
    for (PipelineOptions shown : List.of(options, ofWorker)) {
      String data = DisplayData.from(shown).toString();
      assertThat(data, containsString("the-id"));
      assertThat(data, not(containsString("canary")));
    }
    assertThat(ofWorker.toString(), containsString("canary"));
    assertThat(Redaction.of(ofWorker.toString()), not(containsString("canary")));
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
      options.setClientBuilderFactory(OpenDataClientBuilderFactory.class);
      FileSystems.setDefaultPipelineOptions(options);

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
