package org.cytobeam.io.bytes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Crc64NvmeTest {

  private static final long POLYNOMIAL = 0xad93d23594c93659L;

  private static long crc(byte[] bytes) {
    Crc64Nvme crc = new Crc64Nvme();
    crc.update(bytes);
    return crc.getValue();
  }

  /** The definition: bit by bit, highest first, of reflected bytes, and the result reflected. */
  private static long bitwise(byte[] bytes) {
    long crc = -1L;
    for (byte b : bytes) {
      crc ^= Long.reverse(b & 0xffL);
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = crc < 0 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
      }
    }
    return ~Long.reverse(crc);
  }

  @Test
  void hasTheCheckValueOfTheCatalogue() {
    assertThat(crc("123456789".getBytes(US_ASCII)), is(0xae8b14860a799888L));
  }

  /** NVM Express, NVM Command Set Specification, "64b CRC Test Cases". */
  @Test
  void hasTheValuesOfTheSpecification() {
    assertThat(crc(new byte[4096]), is(0x6482d367eb22b64eL));
    byte[] ones = new byte[4096];
    Arrays.fill(ones, (byte) 0xff);
    assertThat(crc(ones), is(0xc0ddba7302eca3acL));
  }

  @Test
  void isZeroForNothing() {
    assertThat(crc(new byte[0]), is(0L));
  }

  @Property
  void isWhatItsDefinitionSays(@ForAll @Size(max = 200) byte[] bytes) {
    assertThat(crc(bytes), is(bitwise(bytes)));
  }

  @Property
  void doesNotDependOnHowBytesCome(
      @ForAll @Size(min = 1, max = 200) byte[] bytes, @ForAll @IntRange(max = 200) int cut) {
    int split = Math.min(cut, bytes.length);
    Crc64Nvme crc = new Crc64Nvme();
    crc.update(bytes, 0, bytes.length);
    crc.reset();
    crc.update(bytes, 0, split);
    if (split < bytes.length) {
      crc.update(bytes[split]);
      crc.update(bytes, split + 1, bytes.length - split - 1);
    }
    assertThat(crc.getValue(), is(bitwise(bytes)));
  }
}
