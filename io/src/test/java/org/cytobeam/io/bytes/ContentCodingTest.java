package org.cytobeam.io.bytes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.cytobeam.io.bytes.ContentCodingException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {

  private static final int LENGTH = 200_000;

  private static byte[] content(int length) {
    byte[] bytes = new byte[length];
    Random random = new Random(length);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(i % 100 + 1);
    }
    return bytes;
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] decode(byte[] encoded, int step) throws IOException {
    return decode(encoded, step, Long.MAX_VALUE);
  }

  private static byte[] decode(byte[] encoded, int step, long maxBytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DecodedOutput decoded = ContentCoding.GZIP.decode(out, maxBytes)) {
      for (int i = 0; i < encoded.length; i += step) {
        decoded.write(encoded, i, Math.min(step, encoded.length - i));
      }
      decoded.finish();
      assertThat(decoded.decodedBytes(), is((long) out.size()));
    }
    return out.toByteArray();
  }

  private static void assertDamaged(byte[] encoded) {
    for (int step : new int[] {1, 7, encoded.length + 1}) {
      ContentCodingException e =
          assertThrows(ContentCodingException.class, () -> decode(encoded, step));
      assertThat(e.getMessage(), e.reason(), is(Reason.DAMAGED));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "identity", "aws-chunked", "aws-chunked,", "Identity, AWS-Chunked"})
  void knowsWhatIsNothing(String header) throws Exception {
    assertThat(ContentCoding.of(header), is(ContentCoding.IDENTITY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gzip", "x-gzip", "GZIP", " gzip ", "aws-chunked, gzip", "gzip,aws-chunked"})
  void knowsGzip(String header) throws Exception {
    assertThat(ContentCoding.of(header), is(ContentCoding.GZIP));
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "deflate", "gzip, gzip", "gzip, br", "gzip;q=1", "gz ip"})
  void refusesOthers(String header) {
    ContentCodingException e =
        assertThrows(ContentCodingException.class, () -> ContentCoding.of(header));
    assertThat(e.reason(), is(Reason.UNSUPPORTED));
    assertThat(
        e.getMessage(),
        is("the content is encoded as \"" + header + "\", and only a single gzip can be decoded"));
  }

  @Test
  void handsPlainContentOn() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bytes = content(1000);
    try (DecodedOutput decoded = ContentCoding.IDENTITY.decode(out, bytes.length)) {
      decoded.write(bytes[0]);
      decoded.write(bytes, 1, bytes.length - 1);
      decoded.finish();
      ContentCodingException e = assertThrows(ContentCodingException.class, () -> decoded.write(0));
      assertThat(e.reason(), is(Reason.TOO_LARGE));
    }
    assertThat(Arrays.equals(out.toByteArray(), bytes), is(true));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1000, 65_536, 10_000_000})
  void decodesMembersInWhateverPiecesTheyCome(int step) throws Exception {
    byte[] first = content(LENGTH);
    byte[] second = content(3);
    byte[] encoded = join(gzip(first), gzip(new byte[0]), gzip(second));
    assertThat(Arrays.equals(decode(encoded, step), join(first, second)), is(true));
  }

  @Property
  void decodesWhatTheJdkEncodes(
      @ForAll @Size(max = 2000) byte[] bytes, @ForAll @IntRange(min = 1, max = 300) int step)
      throws IOException {
    assertThat(Arrays.equals(decode(gzip(bytes), step), bytes), is(true));
  }

  /** A header with all that RFC 1952 allows, and a deflate block that stores three bytes. */
  private static byte[] decorated(boolean rightChecksum) {
    byte[] head = {
      0x1f,
      (byte) 0x8b,
      8,
      2 | 4 | 8 | 16,
      1,
      2,
      3,
      4,
      0,
      3, // fixed part
      5,
      0,
      'e',
      'x',
      't',
      'r',
      'a', // extra field
      'n',
      'a',
      'm',
      'e',
      0, // name
      'c',
      0 // comment
    };
    CRC32 headCrc = new CRC32();
    headCrc.update(head);
    int crc16 = (int) headCrc.getValue() & 0xffff ^ (rightChecksum ? 0 : 1);
    byte[] data = {1, 3, 0, (byte) 0xfc, (byte) 0xff, 'a', 'b', 'c'};
    CRC32 crc = new CRC32();
    crc.update(new byte[] {'a', 'b', 'c'});
    int value = (int) crc.getValue();
    return join(
        head,
        new byte[] {(byte) crc16, (byte) (crc16 >>> 8)},
        data,
        new byte[] {
          (byte) value, (byte) (value >>> 8), (byte) (value >>> 16), (byte) (value >>> 24)
        },
        new byte[] {3, 0, 0, 0});
  }

  @Test
  void passesOverAllThatAHeaderMayHave() throws Exception {
    byte[] encoded = join(decorated(true), decorated(true));
    for (int step = 1; step <= encoded.length; step++) {
      assertThat(Arrays.equals(decode(encoded, step), "abcabc".getBytes(US_ASCII)), is(true));
    }
  }

  @Test
  void provesTheHeader() {
    assertDamaged(decorated(false));
    byte[] reserved = gzip(content(10));
    reserved[3] = 0x20;
    assertDamaged(reserved);
  }

  @Test
  void refusesWhatIsCutAnywhere() {
    byte[] encoded = join(decorated(true), gzip(content(100)));
    int first = decorated(true).length;
    for (int length = 0; length < encoded.length; length++) {
      if (length != first) {
        assertDamaged(Arrays.copyOf(encoded, length));
      }
    }
  }

  @Test
  void refusesWhatFollows() {
    byte[] encoded = gzip(content(1000));
    assertDamaged(join(encoded, new byte[] {0}));
    assertDamaged(join(encoded, new byte[] {0x1f}));
    assertDamaged(join(encoded, "garbage".getBytes(US_ASCII)));
  }

  @Test
  void refusesWhatIsNoGzip() {
    assertDamaged(content(1000));
    assertDamaged("<html>".getBytes(US_ASCII));
  }

  @Test
  void provesContentAndLength() {
    byte[] encoded = gzip(content(1000));
    for (int fromEnd = 1; fromEnd <= 8; fromEnd++) {
      byte[] flipped = encoded.clone();
      flipped[encoded.length - fromEnd] ^= 1;
      assertDamaged(flipped);
    }
  }

  @Test
  void stopsABombAtTheLimit() throws Exception {
    byte[] bomb = gzip(new byte[50_000_000]);
    long[] written = {0};
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int b) {
            written[0]++;
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            written[0] += length;
          }
        };
    try (DecodedOutput decoded = ContentCoding.GZIP.decode(counting, 1_000_000)) {
      ContentCodingException e =
          assertThrows(ContentCodingException.class, () -> decoded.write(bomb, 0, bomb.length));
      assertThat(e.reason(), is(Reason.TOO_LARGE));
    }
    assertThat(written[0], is(lessThanOrEqualTo(1_000_000L)));
    assertThat(decode(gzip(new byte[1_000_000]), 1000, 1_000_000).length, is(1_000_000));
  }
}
