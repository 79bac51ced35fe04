package org.cytobeam.direct.plate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.cytobeam.io.s3.S3Clients;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.io.s3.StaticCredentials;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.data.SharedData;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.images.TiffCompression;
import org.cytobeam.testing.plate.CleanJvm;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.NumpyRule;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.Pixels;
import org.cytobeam.testing.plate.S3Plate;
import org.cytobeam.testing.s3.S3ProxyServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Pixels of real and made plates through the whole command and an S3 server that others wrote. */
@Timeout(180)
final class S3ProxyPlateTest {

  private static final String PUBLIC = "cellpainting-gallery";
  private static final String PRIVATE = "our-plates";

  /** What numpy 1.24 makes of three of the real images; the rest is compared with the rule. */
  private static final Map<String, String> GOLDENS =
      Map.of(
          "BR00117006__A01__1__AGP",
          "8a76768ad172706fad4459f7d66bd269b2790eb7609154670d6e6e85c7a16d0c",
          "BR00117006__A01__1__DNA",
          "9a903eac7b368acc09db92a8b052637ff0483725262bbd17f7201380d9cf1b1e",
          "PED__C03__3__Mito",
          "232f4ca0216cf172cc793ee89c7d614123a0b5912feb219336422e9e0f16465b");

  @SuppressWarnings("NullAway.Init") // started before all tests
  private static S3ProxyServer open;

  @SuppressWarnings("NullAway.Init") // started before all tests
  private static S3ProxyServer signed;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    open = S3ProxyServer.anonymous().bucket(PUBLIC);
    signed = S3ProxyServer.signed().bucket(PRIVATE);
  }

  @AfterAll
  static void stop() {
    open.close();
    signed.close();
  }

  @Test
  void realJumpChannelsAreGoldenAnonymously() throws Exception {
    assertAnonymous(jump());
  }

  @Test
  void aRealPhenixSiteIsGoldenAnonymously() throws Exception {
    assertAnonymous(phenix());
  }

  @Test
  void aMadePlateIsExactAnonymously() throws Exception {
    assertAnonymous(made());
  }

  @Test
  void realImagesAreGoldenWithCredentialsOfTheEnvironment() throws Exception {
    assertSigned(phenix());
  }

  @Test
  void aMadePlateIsExactWithCredentialsOfTheEnvironment() throws Exception {
    assertSigned(made());
  }

  /**
   * Images of one site.
   *
   * @param prefix of the outputs' names: plate, well and site
   * @param files bytes by channel
   */
  private record OneSite(String prefix, Map<String, byte[]> files) {

    String tableKey() {
      return prefix + "/load_data.csv";
    }

    String table(String bucket) {
      String[] keys = prefix.split("__", -1);
      List<String> head = new ArrayList<>();
      List<String> row = new ArrayList<>();
      for (String key : List.of("Source", "Batch", "Plate", "Well", "Site")) {
        head.add("Metadata_" + key);
      }
      row.addAll(List.of("source_4", "Batch1", keys[0], keys[1], keys[2]));
      for (String channel : files.keySet()) {
        head.addAll(List.of("PathName_Orig" + channel, "FileName_Orig" + channel));
        row.addAll(List.of("s3://" + bucket + "/" + prefix, channel + ".tiff"));
      }
      return String.join(",", head) + "\n" + String.join(",", row) + "\n";
    }

    SortedMap<String, String> pixels() throws IOException {
      SortedMap<String, String> pixels = new TreeMap<>();
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        String name = prefix + "__" + file.getKey();
        byte[] expected = NumpyRule.apply(Pixels.rows(file.getValue()), 768, 768, 1);
        pixels.put(
            "source_4/Batch1/%s/source_4__%s.png".formatted(prefix.replaceFirst("__.*", ""), name),
            GOLDENS.getOrDefault(name, Pixels.sha256Of(expected)));
      }
      return pixels;
    }

    List<String> arguments(String bucket, S3ProxyServer server, Path output) {
      return List.of(
          "plate",
          "--job_csv_path",
          "s3://" + bucket + "/" + tableKey(),
          "--output_dir",
          output.toString(),
          "--channels",
          String.join(",", files.keySet()),
          "--endpoint",
          server.endpoint().toString());
    }
  }

  private static OneSite jump() throws IOException {
    return real(
        "jump_BR00117006/r01c01f01p01", "BR00117006__A01__1", Map.of("AGP", 2, "RNA", 3, "DNA", 5));
  }

  private static OneSite phenix() throws IOException {
    return real(
        "phenix_5channel_site/r03c03f03p01",
        "PED__C03__3",
        Map.of("Mito", 1, "AGP", 2, "RNA", 3, "ER", 4, "DNA", 5));
  }

  private static OneSite real(String stem, String prefix, Map<String, Integer> channels)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Map.Entry<String, Integer> channel : channels.entrySet()) {
      Path file =
          SharedData.require("plate/%s-ch%dsk1fk1fl1.tiff".formatted(stem, channel.getValue()));
      files.put(channel.getKey(), Files.readAllBytes(file));
    }
    return new OneSite(prefix, files);
  }

  /** Like a Phenix image: larger than the crop in both axes, in strips, LZW or uncompressed. */
  private static OneSite made() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String channel : S3Plate.CHANNELS) {
      TiffCompression compression =
          channel.equals("ER") ? TiffCompression.NONE : TiffCompression.LZW;
      int[][] picture = Pictures.micrograph(801, 770, 65_535, channel.hashCode());
      files.put(channel, TiffBuilder.uint16(picture).strips(243).compression(compression).build());
    }
    return new OneSite("P1__B02__1", files);
  }

  private void assertAnonymous(OneSite site) throws Exception {
    put(settings(open).setAnonymous(true).build(), PUBLIC, site);

    CommandRun command = CommandRun.of(site.arguments(PUBLIC, open, folder).toArray(String[]::new));

    assertThat(command.err(), command.code(), is(ExitCode.DONE));
    assertThat(OutputFiles.local(folder).pixels(), is(site.pixels()));
  }

  private void assertSigned(OneSite site) throws Exception {
    String id = S3ProxyServer.ACCESS_KEY_ID;
    String secret = S3ProxyServer.SECRET_ACCESS_KEY;
    StaticCredentials credentials = new StaticCredentials(id, secret, null);
    put(settings(signed).setCredentials(credentials).build(), PRIVATE, site);

    Path output = folder.resolve("out");
    CleanJvm.Ended command =
        CleanJvm.run(
            folder,
            Map.of("AWS_ACCESS_KEY_ID", id, "AWS_SECRET_ACCESS_KEY", secret),
            site.arguments(PRIVATE, signed, output));

    assertThat(command.err(), command.code(), is(0));
    assertThat(command.out(), containsString("5 done"));
    assertThat(OutputFiles.local(output).pixels(), is(site.pixels()));
  }

  private static S3Settings.Builder settings(S3ProxyServer server) {
    return S3Settings.builder().setEndpoint(server.endpoint());
  }

  private static void put(S3Settings settings, String bucket, OneSite site) throws Exception {
    try (S3AsyncClient client = S3Clients.async(settings)) {
      put(client, bucket, site.tableKey(), site.table(bucket).getBytes(UTF_8));
      for (Map.Entry<String, byte[]> file : site.files().entrySet()) {
        put(client, bucket, site.prefix() + "/" + file.getKey() + ".tiff", file.getValue());
      }
    }
  }

  private static void put(S3AsyncClient client, String bucket, String key, byte[] bytes)
      throws Exception {
    client
        .putObject(r -> r.bucket(bucket).key(key), AsyncRequestBody.fromBytes(bytes))
        .get(60, TimeUnit.SECONDS);
  }
}
