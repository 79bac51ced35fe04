package org.cytobeam.direct.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import java.util.zip.GZIPOutputStream;
import org.cytobeam.io.bytes.Crc64Nvme;
import org.cytobeam.io.bytes.Hash;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.transforms.images.Lookup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images that come as something else: pages, other ranges, other versions, other bytes. */
@Timeout(180)
final class ImagesAnswersTest {

  private static final String HTML = "<!DOCTYPE html><html><body>Please log in</body></html>";
  private static final String XML =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>InternalError</Code></Error>";

  /** Not the MD5 of anything here. */
  private static final String HEX = "0123456789abcdef0123456789abcdef";

  private static final List<String> PROVED =
      List.of("crc32c.jpg", "crc32c.tif", "crc64nvme.jpg", "crc64nvme.tif", "md5.jpg", "md5.tif");

  @TempDir private Path folder;
  private FaultyBucket bucket;

  @BeforeEach
  void start() {
    bucket = new FaultyBucket(folder, Access.OPEN);
  }

  @AfterEach
  void stop() {
    bucket.close();
  }

  private void putSmallAndLarge(String name) {
    bucket.put(name + ".jpg", FaultyBucket.SMALL);
    bucket.put(name + ".tif", FaultyBucket.LARGE);
  }

  private void always(String name, Fault fault) {
    bucket.always(name + ".jpg", fault);
    bucket.always(name + ".tif", fault);
  }

  private void once(String name, Fault fault) {
    bucket.script(name + ".jpg", fault);
    bucket.script(name + ".tif", fault);
  }

  /** Fault N10. */
  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void aPageInPlaceOfAPictureIsNeverAFile(Lookup lookup) throws Exception {
    List<String> names = List.of("html", "xml", "tagged", "stored", "once", "sound");
    names.forEach(this::putSmallAndLarge);
    always("html", Fault.body(200, "text/html", HTML).on("GET"));
    always("xml", Fault.body(200, "application/xml", XML).on("GET"));
    always("tagged", Fault.body(200, "text/html", HTML).on("GET").header("ETag", "\"page\""));
    once("once", Fault.body(200, "text/html", HTML).on("GET"));
    bucket.server.put(FaultyBucket.NAME, FaultyBucket.PREFIX + "stored.jpg", HTML.getBytes(UTF_8));
    bucket.server.put(
        FaultyBucket.NAME,
        FaultyBucket.PREFIX + "stored.tif",
        (XML + " ".repeat(FaultyBucket.LARGE)).getBytes(UTF_8));

    bucket.assertLeft(
        bucket.run(lookup),
        Map.of(
            "html.jpg", "changed",
            "html.tif", "changed",
            "xml.jpg", "changed",
            "xml.tif", "changed",
            "tagged.jpg", "not_an_image",
            "tagged.tif", "changed",
            "stored.jpg", "not_an_image",
            "stored.tif", "not_an_image"));
    assertThat(bucket.gets("html.jpg"), is(2));
    assertThat(bucket.gets("once.jpg"), is(2));
  }

  /** Fault N10. */
  @Test
  void aPageInPlaceOfAllThatIsAskedOfALargeObjectIsNoImage() throws Exception {
    bucket.put("a.tif", FaultyBucket.LARGE);
    bucket.always("a.tif", Fault.body(200, "text/html", HTML));

    bucket.assertLeft(bucket.run(Lookup.LIST), Map.of("a.tif", "not_an_image"));
  }

  /** Fault N11. */
  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void aServerThatKnowsNoRangesIsReadInOneStream(Lookup lookup) throws Exception {
    bucket.put("a.tif", FaultyBucket.LARGE);
    bucket.put("broken.tif", FaultyBucket.LARGE);
    bucket.put("broken.jpg", FaultyBucket.SMALL);
    bucket.always("a.tif", Fault.ignoring("Range"));
    bucket.always("broken.tif", Fault.ignoring("Range"));
    bucket.always("broken.jpg", Fault.ignoring("Range"));
    Fault cut = Fault.ignoring("Range").on("GET").and(Fault.closeAfter(1 << 20));
    // A range or two may meet some of them, and are refused before their bodies are read.
    bucket.script("broken.tif", cut, cut, cut);
    bucket.script("broken.jpg", Fault.closeAfter(200).on("GET"));

    bucket.assertAllDone(bucket.run(lookup));

    assertThat(bucket.ranges("a.tif"), hasItem("all"));
    assertThat(bucket.gets("a.tif"), is(not(greaterThan(FaultyBucket.RANGES + 1))));
    assertThat(bucket.ranges("broken.jpg"), contains("all", "bytes=200-"));
  }

  /** Fault N11. */
  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void anotherRangeThanWasAskedForIsAskedForAgain(Lookup lookup) throws Exception {
    bucket.put("other.tif", FaultyBucket.LARGE);
    bucket.put("refused.tif", FaultyBucket.LARGE);
    bucket.put("shifted.tif", FaultyBucket.LARGE);
    bucket.script("other.tif", Fault.none().on("GET").header("Content-Range", "bytes 0-9/10"));
    bucket.script("refused.tif", Fault.status(416).on("GET"));
    bucket.script("shifted.tif", Fault.misreading("Range", "bytes=1-8388608").on("GET"));

    bucket.assertAllDone(bucket.run(lookup));

    assertThat(bucket.gets("other.tif"), is(FaultyBucket.RANGES + 1));
    assertThat(bucket.gets("shifted.tif"), is(FaultyBucket.RANGES + 1));
  }

  /** Fault N11. */
  @Test
  void whatAlwaysComesAsAnotherRangeIsNoFile() throws Exception {
    bucket.put("other.tif", FaultyBucket.LARGE);
    bucket.put("refused.tif", FaultyBucket.LARGE);
    bucket.always("other.tif", Fault.none().on("GET").header("Content-Range", "bytes 0-9/10"));
    bucket.always("refused.tif", Fault.status(416).on("GET"));

    bucket.assertLeft(
        bucket.run(Lookup.LIST), Map.of("other.tif", "truncated", "refused.tif", "changed"));
  }

  /** Fault N12. */
  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void anObjectThatBecomesAnotherIsTheNewOne(Lookup lookup) throws Exception {
    putSmallAndLarge("early");
    putSmallAndLarge("between");
    once("early", becoming("early", 1));
    bucket.script("between.jpg", Fault.closeAfter(200).on("GET"));
    bucket.script("between.tif", Fault.none().on("GET"));
    once("between", becoming("between", 2));

    CommandRun run = bucket.run(lookup);

    expectVersion("early", 1);
    expectVersion("between", 2);
    bucket.assertAllDone(run);
    assertThat(
        bucket.column("etag").get("between.tif"),
        is(Hash.MD5.hex(version("between.tif", FaultyBucket.LARGE, 2))));
  }

  /** Puts both objects anew, as another version, before a request for one of them is served. */
  private Fault becoming(String name, int version) {
    return Fault.before(() -> putVersion(name, version)).on("GET");
  }

  private void putVersion(String name, int version) {
    bucket.server.put(
        FaultyBucket.NAME,
        FaultyBucket.PREFIX + name + ".jpg",
        version(name + ".jpg", FaultyBucket.SMALL, version));
    bucket.server.put(
        FaultyBucket.NAME,
        FaultyBucket.PREFIX + name + ".tif",
        version(name + ".tif", FaultyBucket.LARGE, version));
  }

  private void expectVersion(String name, int version) {
    bucket.expect(name + ".jpg", version(name + ".jpg", FaultyBucket.SMALL, version));
    bucket.expect(name + ".tif", version(name + ".tif", FaultyBucket.LARGE, version));
  }

  private static byte[] version(String name, int bytes, int version) {
    return FaultyBucket.noise(name + version, bytes);
  }

  /** Fault N12. */
  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void anObjectThatKeepsBecomingAnotherIsNoFile(Lookup lookup) throws Exception {
    putSmallAndLarge("a");
    AtomicInteger version = new AtomicInteger();
    Runnable next =
        () -> {
          synchronized (version) {
            putVersion("a", version.incrementAndGet());
          }
        };
    always("a", Fault.before(next).on("GET"));

    bucket.assertLeft(bucket.run(lookup), Map.of("a.jpg", "changed", "a.tif", "changed"));
    bucket.server.heal();

    CommandRun calm = bucket.run(lookup);

    expectVersion("a", version.get());
    bucket.assertAllDone(calm);
  }

  private static String crc(Checksum checksum, int length, byte[] bytes) {
    checksum.update(bytes, 0, bytes.length);
    byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(checksum.getValue()).array();
    byte[] last = Arrays.copyOfRange(value, Long.BYTES - length, Long.BYTES);
    return Base64.getEncoder().encodeToString(last);
  }

  /** Puts small and large objects that are proved by an ETag, or by stored checksums alone. */
  private void putProved() {
    for (String kind : List.of(".jpg", ".tif")) {
      int length = kind.equals(".tif") ? FaultyBucket.LARGE : FaultyBucket.SMALL;
      bucket.put("md5" + kind, length);
      byte[] one = FaultyBucket.noise("crc32c" + kind, length);
      bucket.put(
          "crc32c" + kind,
          one,
          HEX + "-3",
          Map.of("x-amz-checksum-crc32c", crc(new CRC32C(), Integer.BYTES, one)));
      byte[] other = FaultyBucket.noise("crc64nvme" + kind, length);
      bucket.put(
          "crc64nvme" + kind,
          other,
          HEX + "-3",
          Map.of("x-amz-checksum-crc64nvme", crc(new Crc64Nvme(), Long.BYTES, other)));
    }
  }

  /** Fault N13. */
  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void aFlippedBitIsFetchedAgain(Lookup lookup) throws Exception {
    putProved();
    PROVED.forEach(name -> bucket.script(name, Fault.flipBit(0).on("GET")));

    bucket.assertAllDone(bucket.run(lookup));

    assertThat(
        bucket.column("integrity"),
        is(
            new TreeMap<>(
                Map.of(
                    "crc32c.jpg", "checksum",
                    "crc32c.tif", "checksum",
                    "crc64nvme.jpg", "checksum",
                    "crc64nvme.tif", "checksum",
                    "md5.jpg", "etag_md5",
                    "md5.tif", "etag_md5"))));
    for (String name : PROVED) {
      assertThat(name, bucket.column("attempts").get(name), is("2"));
      assertThat(name, bucket.gets(name), is(name.endsWith(".tif") ? 2 * FaultyBucket.RANGES : 2));
    }
  }

  /** Fault N13. */
  @Test
  void aBitThatIsAlwaysFlippedIsNoFile() throws Exception {
    putProved();
    Map<String, String> failures = new TreeMap<>();
    for (String name : PROVED) {
      bucket.always(name, Fault.flipBit(0).on("GET"));
      failures.put(name, "checksum");
    }

    bucket.assertLeft(bucket.run(Lookup.LIST), failures);

    for (String name : PROVED) {
      assertThat(
          name,
          bucket.gets(name),
          is(name.endsWith(".tif") ? 2 * FaultyBucket.RANGES : FaultyBucket.TRIES));
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private void putEncoded(String name, int bytes, boolean isExpectedDecoded) throws IOException {
    byte[] content = FaultyBucket.noise(name, bytes);
    byte[] stored = gzip(content);
    bucket.put(name, stored, Hash.MD5.hex(stored), Map.of("content-encoding", "gzip"));
    bucket.expect(name, isExpectedDecoded ? content : stored);
  }

  /** Fault N17. */
  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void encodedObjectsAreDecodedAndProvedAsTheyAreStored(Lookup lookup) throws Exception {
    putEncoded("a.jpg", FaultyBucket.SMALL, true);
    putEncoded("a.tif", FaultyBucket.LARGE, true);

    bucket.assertAllDone(bucket.run(lookup));

    assertThat(
        bucket.column("integrity"),
        is(new TreeMap<>(Map.of("a.jpg", "etag_md5", "a.tif", "etag_md5"))));
    bucket.server.clearLog();
    CommandRun again = bucket.run(lookup);
    bucket.assertAllDone(again);
    assertThat(bucket.gets("a.jpg") + bucket.gets("a.tif"), is(0));
  }

  /** Fault N17. */
  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void encodedObjectsAreKeptIfAskedFor(Lookup lookup) throws Exception {
    putEncoded("a.jpg", FaultyBucket.SMALL, false);
    putEncoded("a.tif", FaultyBucket.LARGE, false);

    bucket.assertAllDone(bucket.run(lookup, "--content_encoding=keep"));

    assertThat(bucket.gets("a.tif"), is(FaultyBucket.RANGES));
  }

  /** Fault N17. */
  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void anEtagThatIsNoMd5ProvesNothing(Lookup lookup) throws Exception {
    Map<String, String> integrity = new TreeMap<>();
    for (String kind : List.of(".jpg", ".tif")) {
      byte[] content = FaultyBucket.noise(kind, kind.equals(".tif") ? FaultyBucket.LARGE : 1_000);
      String crc = crc(new CRC32C(), Integer.BYTES, content);
      Map<String, String> kms = Map.of("x-amz-server-side-encryption", "aws:kms");
      Map<String, String> customer =
          Map.of("x-amz-server-side-encryption-customer-algorithm", "AES256");
      Map<String, String> sse = Map.of("x-amz-server-side-encryption", "AES256");
      Map<String, String> kmsAndCrc = new TreeMap<>(kms);
      kmsAndCrc.put("x-amz-checksum-crc32c", crc);
      bucket.put("parts" + kind, content, HEX + "-12", Map.of());
      bucket.put("kms" + kind, content, HEX, kms);
      bucket.put("customer" + kind, content, HEX, customer);
      bucket.put("crc" + kind, content, HEX, kmsAndCrc);
      bucket.put("sse" + kind, content, Hash.MD5.hex(content), sse);
      integrity.put("parts" + kind, "length");
      integrity.put("kms" + kind, "length");
      integrity.put("customer" + kind, "length");
      integrity.put("crc" + kind, "checksum");
      integrity.put("sse" + kind, "etag_md5");
    }

    bucket.assertAllDone(bucket.run(lookup));

    assertThat(bucket.column("integrity"), is(integrity));
  }

  /** Fault N18. */
  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void answersWithoutALengthOrWithMoreThanThatGiveTheSameFiles(Lookup lookup) throws Exception {
    List.of("http10", "chunked", "trailing").forEach(this::putSmallAndLarge);
    bucket.put("cut.jpg", FaultyBucket.SMALL);
    always("http10", Fault.http10());
    always("chunked", Fault.chunked());
    always("trailing", Fault.trailing("garbage"));
    bucket.always("cut.jpg", Fault.http10());
    bucket.script("cut.jpg", Fault.http10().on("GET").and(Fault.closeAfter(200)));
    bucket.server.always(
        FaultyBucket.NAME, "", lookup == Lookup.LIST ? Fault.http10() : Fault.chunked());

    bucket.assertAllDone(bucket.run(lookup));
  }

  /** Fault N18. */
  @Test
  void anAnswerWithoutALengthThatIsAlwaysCutIsNoFile() throws Exception {
    putSmallAndLarge("a");
    always("a", Fault.http10().on("GET").and(Fault.closeAfter(200)));

    bucket.assertLeft(bucket.run(Lookup.LIST), Map.of("a.jpg", "checksum", "a.tif", "truncated"));
  }
}
