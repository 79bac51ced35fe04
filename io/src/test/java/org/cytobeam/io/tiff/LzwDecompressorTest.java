package org.cytobeam.io.tiff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.cytobeam.io.pixels.ImageException;
import org.junit.jupiter.api.Test;

/** Streams of codes that the encoder of the test files does not write. */
class LzwDecompressorTest {

  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int MOST_STRINGS = 4096 - 258;

  @Test
  void needsNoClearAtTheStart() throws ImageException {
    assertThat(decode(3, codes('a', 'b', 258)), is(bytes('a', 'b', 'a')));
  }

  @Test
  void takesSeveralClearsInARow() throws ImageException {
    assertThat(decode(2, codes(CLEAR, CLEAR, 'a', CLEAR, CLEAR, 'b')), is(bytes('a', 'b')));
  }

  @Test
  void writesTheStringThatIsJustBeingDefined() throws ImageException {
    assertThat(
        decode(10, codes(CLEAR, 'a', 258, 259, 260, END)),
        is("aaaaaaaaaa".getBytes(StandardCharsets.US_ASCII)));
  }

  @Property(tries = 300)
  void agreesWithADecoderThatKeepsEachString(
      @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 255) Integer> choices)
      throws ImageException {
    List<String> table = new ArrayList<>();
    int[] codes = new int[choices.size()];
    StringBuilder expected = new StringBuilder();
    String before = "";
    for (int i = 0; i < codes.length; i++) {
      int choice = choices.get(i);
      boolean defined = choice % 3 == 0 && !table.isEmpty();
      boolean beingDefined = choice % 3 == 1 && i > 0;
      String string = Character.toString((char) (choice % 3));
      codes[i] = choice % 3;
      if (defined) {
        codes[i] = 258 + choice % table.size();
        string = table.get(choice % table.size());
      } else if (beingDefined) {
        codes[i] = 258 + table.size();
        string = before + before.charAt(0);
      }
      if (i > 0) {
        table.add(before + string.charAt(0));
      }
      expected.append(string);
      before = string;
    }

    assertThat(
        decode(expected.length(), codes),
        is(expected.toString().getBytes(StandardCharsets.ISO_8859_1)));
  }

  /**
   * Thousands of codes of every kind: through all widths, round a full table, with and without
   * Clear, with few long strings or many, cut anywhere.
   */
  @Property(tries = 300)
  void agreesOverManyCodes(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12_000) int count,
      @ForAll @IntRange(max = 99) int percentOfLiterals,
      @ForAll @IntRange(min = 2, max = 9_000) int codesBetweenClears)
      throws ImageException {
    Random random = new Random(seed);
    List<byte[]> table = new ArrayList<>();
    int[] codes = new int[count];
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    byte[] before = {};
    for (int i = 0; i < count && expected.size() < 1 << 18; i++) {
      if (i == 0 || random.nextInt(codesBetweenClears) == 0) {
        codes[i] = CLEAR;
        table.clear();
        before = new byte[0];
        continue;
      }
      byte[] string = {(byte) random.nextInt(256)};
      codes[i] = string[0] & 0xff;
      if (random.nextInt(100) >= percentOfLiterals && before.length > 0) {
        boolean beingDefined =
            table.isEmpty() || table.size() < MOST_STRINGS && random.nextInt(8) == 0;
        int entry = beingDefined ? table.size() : random.nextInt(table.size());
        codes[i] = 258 + entry;
        string = beingDefined ? extended(before, before) : table.get(entry);
      }
      if (before.length > 0 && table.size() < MOST_STRINGS) {
        table.add(extended(before, string));
      }
      expected.writeBytes(string);
      before = string;
    }
    byte[] all = expected.toByteArray();
    int length = random.nextBoolean() ? all.length : random.nextInt(all.length + 1);

    assertThat(decode(length, codes), is(Arrays.copyOf(all, length)));
  }

  private static byte[] extended(byte[] string, byte[] next) {
    byte[] longer = Arrays.copyOf(string, string.length + 1);
    longer[string.length] = next[0];
    return longer;
  }

  @Test
  void forgetsTheTableOfTheBlockBefore() throws ImageException {
    LzwDecompressor decompressor = new LzwDecompressor();
    byte[] first = stream(CLEAR, 'a', 'b', 'c', 258);
    byte[] second = stream('a', 259);
    byte[] out = new byte[10 + Decompressor.SLACK];
    decompressor.decompress(first, 0, first.length, out, 5);

    ImageException refusal =
        assertThrows(
            ImageException.class, () -> decompressor.decompress(second, 0, second.length, out, 10));

    assertThat(refusal.reason(), is(ImageException.Reason.UNDECODABLE));
  }

  @Test
  void keepsAFullTableUntilItIsCleared() throws ImageException {
    byte[] literals = new byte[10_000];
    new Random(1).nextBytes(literals);
    int[] codes = new int[literals.length + 2];
    codes[0] = CLEAR;
    for (int i = 0; i < literals.length; i++) {
      codes[i + 1] = literals[i] & 0xff;
    }
    codes[literals.length + 1] = 4095;
    byte[] expected = Arrays.copyOf(literals, literals.length + 2);
    expected[literals.length] = literals[4095 - 258];
    expected[literals.length + 1] = literals[4095 - 257];

    assertThat(decode(expected.length, codes), is(expected));
  }

  @Test
  void stopsInTheMiddleOfAString() throws ImageException {
    for (int length = 1; length < 55; length++) {
      byte[] all = new byte[length];
      Arrays.fill(all, (byte) 'a');

      assertThat(
          decode(length, codes(CLEAR, 'a', 258, 259, 260, 261, 262, 263, 264, 265, 266)), is(all));
    }
  }

  private static byte[] decode(int length, int... codes) throws ImageException {
    byte[] in = stream(codes);
    byte[] out = new byte[length + Decompressor.SLACK];
    new LzwDecompressor().decompress(in, 0, in.length, out, length);
    return Arrays.copyOf(out, length);
  }

  private static int[] codes(int... codes) {
    return codes;
  }

  private static byte[] bytes(char... chars) {
    byte[] bytes = new byte[chars.length];
    for (int i = 0; i < chars.length; i++) {
      bytes[i] = (byte) chars[i];
    }
    return bytes;
  }

  /** Writes codes as wide as a decoder expects them when it has seen those before. */
  private static byte[] stream(int... codes) {
    byte[] stream = new byte[codes.length * 2 + 2];
    int bit = 0;
    int entries = 257;
    for (int code : codes) {
      int width = entries < 511 ? 9 : entries < 1023 ? 10 : entries < 2047 ? 11 : 12;
      for (int i = width - 1; i >= 0; i--, bit++) {
        stream[bit >>> 3] |= (byte) ((code >>> i & 1) << (7 - (bit & 7)));
      }
      entries = code == CLEAR ? 257 : entries + 1;
    }
    return Arrays.copyOf(stream, (bit + 7) / 8);
  }
}
