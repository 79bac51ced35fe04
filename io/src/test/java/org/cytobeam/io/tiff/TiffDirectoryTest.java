package org.cytobeam.io.tiff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiffDirectoryTest {

  private static final int PRIVATE = 65_000;
  private static final int ABSENT = 65_001;

  @ParameterizedTest
  @CsvSource({
    "1, 255, 255",
    "3, 65535, 65535",
    "4, 4294967295, 4294967295",
    "13, 7, 7",
    "16, -2, -2",
    "18, 5000000000, 5000000000",
    "6, -1, -1",
    "8, -300, -300",
    "9, -70000, -70000",
    "17, -5000000000, -5000000000",
  })
  void readsWholeNumbersOfEveryWidth(int type, long written, long read) throws IOException {
    for (boolean big : new boolean[] {false, true}) {
      for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
        TiffBuilder builder = picture().big(big).order(order).tag(PRIVATE, type, written, 1, 2);
        TiffDirectory page = first(builder.directoryLast(true));

        assertThat(page.integer(PRIVATE), is(OptionalLong.of(read)));
        assertThat(page.integers(PRIVATE, 3).orElseThrow(), is(new long[] {read, 1, 2}));
      }
    }
  }

  @Test
  void readsFractionsAndFloatingPointNumbers() throws IOException {
    byte[] fractions =
        bytes(24).putInt(1).putInt(3).putInt(-1).putInt(2).putInt(1).putInt(0).array();
    byte[] floats = bytes(8).putFloat(1.5f).putFloat(Float.NaN).array();
    byte[] doubles = bytes(8).putDouble(-0.1).array();
    TiffDirectory page =
        first(
            picture()
                .entry(TiffTag.X_RESOLUTION, 5, 3, fractions)
                .entry(TiffTag.Y_RESOLUTION, 10, 3, fractions)
                .entry(PRIVATE, 11, 2, floats)
                .entry(PRIVATE + 5, 12, 1, doubles)
                .tag(PRIVATE + 6, 16, -1));

    assertThat(
        page.numbers(TiffTag.X_RESOLUTION, 3).orElseThrow(),
        is(new double[] {1 / 3.0, 4294967295.0 / 2, Double.POSITIVE_INFINITY}));
    assertThat(
        page.numbers(TiffTag.Y_RESOLUTION, 3).orElseThrow(),
        is(new double[] {1 / 3.0, -0.5, Double.POSITIVE_INFINITY}));
    assertThat(page.numbers(PRIVATE, 2).orElseThrow(), is(new double[] {1.5, Double.NaN}));
    assertThat(page.numbers(PRIVATE + 5, 1).orElseThrow(), is(new double[] {-0.1}));
    assertThat(page.numbers(PRIVATE + 6, 1).orElseThrow(), is(new double[] {0x1p64}));
    assertThat(page.numbers(TiffTag.BITS_PER_SAMPLE, 1).orElseThrow(), is(new double[] {16}));
  }

  private static ByteBuffer bytes(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "abcd", "ImageJ=1.54f\nunit=µm", "12345678"})
  void readsTextUpToItsNul(String text) throws IOException {
    for (boolean big : new boolean[] {false, true}) {
      TiffDirectory page = first(picture().big(big).text(TiffTag.IMAGE_DESCRIPTION, text));

      assertThat(page.text(TiffTag.IMAGE_DESCRIPTION, 100), is(Optional.of(text)));
    }
  }

  @Test
  void readsTextWithoutANulAndTextThatIsNotUtf8() throws IOException {
    TiffDirectory page =
        first(
            picture()
                .entry(PRIVATE, 2, 3, new byte[] {'a', 'b', 'c'})
                .entry(PRIVATE + 5, 7, 2, new byte[] {'\u00b5' - 256, 'm'}));

    assertThat(page.text(PRIVATE, 3), is(Optional.of("abc")));
    assertThat(page.text(PRIVATE + 5, 3), is(Optional.of("\ufffdm")));
  }

  @Test
  void givesTheBytesOfAValueAsTheyAre() throws IOException {
    TiffDirectory page = first(picture().order(ByteOrder.BIG_ENDIAN).tag(PRIVATE, 3, 1, 2, 3));

    assertThat(page.bytes(PRIVATE, 6).orElseThrow(), is(new byte[] {0, 1, 0, 2, 0, 3}));
  }

  @Test
  void hasNothingForATagThatIsAbsent() throws IOException {
    TiffDirectory page = first(picture());

    assertThat(page.has(ABSENT), is(false));
    assertThat(page.entry(ABSENT), is(Optional.empty()));
    assertThat(page.integer(ABSENT), is(OptionalLong.empty()));
    assertThat(page.integer(ABSENT, 12), is(12L));
    assertThat(page.integers(ABSENT, 1), is(Optional.empty()));
    assertThat(page.numbers(ABSENT, 1), is(Optional.empty()));
    assertThat(page.bytes(ABSENT, 1), is(Optional.empty()));
    assertThat(page.text(ABSENT, 1), is(Optional.empty()));
  }

  @Test
  void refusesMoreValuesThanTheLimit() throws IOException {
    TiffDirectory page = first(picture().entry(PRIVATE, 4, 0xffff_ffffL, new byte[] {8, 0, 0, 0}));

    assertRefused(Reason.TOO_LARGE, () -> page.integers(PRIVATE, 1_000_000));
    assertRefused(Reason.TOO_LARGE, () -> page.numbers(PRIVATE, 1_000_000));
    assertRefused(Reason.TOO_LARGE, () -> page.bytes(PRIVATE, Integer.MAX_VALUE));
  }

  @Test
  void refusesValuesThatLieOutsideTheFile() throws IOException {
    TiffDirectory page = first(picture().entry(PRIVATE, 4, 1_000_000, new byte[] {8, 0, 0, 0}));

    assertRefused(Reason.TRUNCATED, () -> page.integers(PRIVATE, 1_000_000));
  }

  @Test
  void refusesTypesThatDoNotFit() throws IOException {
    TiffDirectory page =
        first(
            picture()
                .text(PRIVATE, "text")
                .entry(PRIVATE + 5, 99, 1, new byte[4])
                .entry(PRIVATE + 6, 3, 0, new byte[4]));

    assertRefused(Reason.UNDECODABLE, () -> page.integer(PRIVATE));
    assertRefused(Reason.UNDECODABLE, () -> page.numbers(PRIVATE, 10));
    assertRefused(Reason.UNDECODABLE, () -> page.text(TiffTag.IMAGE_WIDTH, 10));
    assertRefused(Reason.UNDECODABLE, () -> page.integer(PRIVATE + 5));
    assertRefused(Reason.UNDECODABLE, () -> page.integer(PRIVATE + 6));
  }

  @Test
  void readsTheDirectoriesThatSubIfdsNames() throws IOException {
    byte[] bytes = picture().subImage(TiffBuilder.uint8(Pictures.ramp(3, 2, 255))).build();
    TiffFile file = TiffFile.open(ByteRanges.of(bytes));

    TiffDirectory sub = file.directory(file.first().integer(TiffTag.SUB_IFDS).orElseThrow());

    assertThat(sub.integer(TiffTag.IMAGE_WIDTH), is(OptionalLong.of(3)));
    assertThat(file.first().nextOffset(), is(0L));
  }

  @Test
  void takesTheFirstOfTwoEntriesWithOneTag() throws IOException {
    byte[] bytes = picture().build();
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int secondEntry = 8 + 2 + 12;
    file.putShort(secondEntry, (short) TiffTag.IMAGE_WIDTH);

    TiffDirectory page = TiffFile.open(ByteRanges.of(bytes)).first();

    assertThat(page.integer(TiffTag.IMAGE_WIDTH), is(OptionalLong.of(5)));
    assertThat(page.entries().size(), is(8));
  }

  @Test
  void endsTheChainOfPagesWhereItLoops() throws IOException {
    for (int target = 0; target < 3; target++) {
      TiffBuilder builder = picture().page(picture()).page(picture()).loopTo(target);
      TiffPages pages = TiffFile.open(ByteRanges.of(builder.build())).pages();
      for (int i = 0; i < 3; i++) {
        pages.next();
      }

      assertThat(pages.hasNext(), is(false));
      assertThrows(NoSuchElementException.class, pages::next);
    }
  }

  @Test
  void describesTags() {
    assertThat(TiffTag.describe(TiffTag.COMPRESSION), is("Compression (259)"));
    assertThat(TiffTag.describe(PRIVATE), is("tag 65000"));
  }

  private static TiffBuilder picture() {
    return TiffBuilder.uint16(Pictures.ramp(5, 4, 65_535));
  }

  private static TiffDirectory first(TiffBuilder builder) throws IOException {
    return TiffFile.open(ByteRanges.of(builder.build())).first();
  }

  private static void assertRefused(Reason reason, Executable reading) {
    assertThat(assertThrows(ImageException.class, reading).reason(), is(reason));
  }
}
