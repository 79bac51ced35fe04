package org.cytobeam.io.tiff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;
import org.cytobeam.io.pixels.SampleType;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.images.TiffCompression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TiffDecoderTest {

  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int LONG8 = 16;

  private static final int[][] SMALL = Pictures.micrograph(20, 12, 65_535, 1);
  private static final int[][] SMALL_8 = Pictures.micrograph(20, 12, 255, 1);

  private final TiffDecoder decoder = new TiffDecoder();

  @Test
  void readsThe16BitSamplesOfABigEndianFileAsTheyAreStored() throws IOException {
    byte[] file =
        TiffBuilder.uint16(new int[][] {{1, 0x1234}, {0x8000, 0xffff}})
            .order(ByteOrder.BIG_ENDIAN)
            .build();

    TiffImage image = decoder.open(ByteRanges.of(file));

    assertThat(image.type(), is(SampleType.UINT16));
    assertThat(image.read().shorts(), is(new short[] {1, 0x1234, (short) 0x8000, -1}));
  }

  @ParameterizedTest
  @CsvSource({
    "258, 1",
    "258, 4",
    "258, 12",
    "258, 32",
    "258, 64",
    "259, 2",
    "259, 3",
    "259, 4",
    "259, 6",
    "259, 7",
    "259, 34712",
    "259, 50000",
    "262, 2",
    "262, 3",
    "262, 4",
    "262, 5",
    "262, 6",
    "262, 8",
    "262, 32803",
    "266, 2",
    "277, 2",
    "277, 3",
    "277, 4",
    "317, 3",
    "339, 2",
    "339, 3",
    "339, 5",
    "339, 6",
  })
  void refusesWhatItDoesNotReadByTagAndValue(int tag, int value) {
    byte[] file =
        TiffBuilder.uint16(SMALL)
            .compression(TiffCompression.LZW)
            .tag(TiffTag.PLANAR_CONFIGURATION, SHORT, 2)
            .tag(tag, SHORT, value)
            .build();

    ImageException refusal = refusal(file);

    assertThat(refusal.reason(), is(Reason.UNSUPPORTED));
    assertThat(refusal.getMessage(), is(TiffTag.describe(tag) + " = " + value + " is not read"));
  }

  @Test
  void readsAsOneBitWhatDoesNotSayHowManyBitsItHas() {
    assertThat(
        refusal(TiffBuilder.uint16(SMALL).without(TiffTag.BITS_PER_SAMPLE).build()).getMessage(),
        is("BitsPerSample (258) = 1 is not read"));
  }

  @ParameterizedTest
  @CsvSource({"256", "257", "262", "273", "279"})
  void cannotDecodeWithoutARequiredTag(int tag) {
    byte[] file = TiffBuilder.uint16(SMALL).strips(5).without(tag).build();

    ImageException refusal = refusal(file);

    assertThat(refusal.reason(), is(Reason.UNDECODABLE));
    assertThat(refusal.getMessage(), is(TiffTag.describe(tag) + " is missing"));
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void readsWhatDiffersInNothingThatMatters(TiffBuilder builder) throws IOException {
    assertThat(Rasters.rows(decoder.decode(ByteRanges.of(builder.build()))), is(SMALL));
  }

  static Stream<TiffBuilder> harmless() {
    return Stream.of(
        small().without(TiffTag.SAMPLES_PER_PIXEL).without(TiffTag.ROWS_PER_STRIP),
        small().without(TiffTag.COMPRESSION).without(TiffTag.STRIP_BYTE_COUNTS),
        small().tag(TiffTag.STRIP_BYTE_COUNTS, LONG, 0),
        small().tag(TiffTag.STRIP_BYTE_COUNTS, LONG, 4_000_000_000L),
        small().tag(TiffTag.ROWS_PER_STRIP, LONG, 0xffff_ffffL),
        small().tag(TiffTag.SAMPLE_FORMAT, SHORT, 1),
        small().tag(TiffTag.SAMPLE_FORMAT, SHORT, 4),
        small().tag(TiffTag.PLANAR_CONFIGURATION, SHORT, 2),
        small().tag(TiffTag.FILL_ORDER, SHORT, 1),
        small().tag(TiffTag.PREDICTOR, SHORT, 2),
        small().tag(TiffTag.IMAGE_WIDTH, SHORT, 20).tag(TiffTag.IMAGE_LENGTH, LONG8, 12),
        small().tag(TiffTag.IMAGE_WIDTH, 1, 20).tag(TiffTag.BITS_PER_SAMPLE, LONG, 16),
        small().tag(65_000, 99, 1, 2, 3).text(TiffTag.IMAGE_DESCRIPTION, "cells"),
        small().entry(65_000, LONG, 0xffff_ffffL, new byte[] {-1, -1, -1, -1}),
        small().page(TiffBuilder.uint8(SMALL_8)).loopTo(0),
        small().subImage(TiffBuilder.uint8(SMALL_8)));
  }

  private static TiffBuilder small() {
    return TiffBuilder.uint16(SMALL);
  }

  @Test
  void turnsWhiteIsZeroRoundFor8BitsAsPillowDoes() throws IOException {
    byte[] file =
        TiffBuilder.uint8(new int[][] {{0, 1, 255}})
            .tag(TiffTag.PHOTOMETRIC_INTERPRETATION, SHORT, 0)
            .build();

    assertThat(decoder.decode(ByteRanges.of(file)).bytes(), is(new byte[] {-1, -2, 0}));
  }

  @Test
  void leavesWhiteIsZeroOf16BitsAsPillowDoes() throws IOException {
    byte[] file = small().tag(TiffTag.PHOTOMETRIC_INTERPRETATION, SHORT, 0).build();

    assertThat(Rasters.rows(decoder.decode(ByteRanges.of(file))), is(SMALL));
  }

  @Test
  void undoesDifferencesBeforeItTurnsWhiteIsZeroRound() throws IOException {
    byte[] file =
        TiffBuilder.uint8(SMALL_8)
            .compression(TiffCompression.PACK_BITS)
            .differenced(true)
            .tag(TiffTag.PHOTOMETRIC_INTERPRETATION, SHORT, 0)
            .build();
    int[][] inverted =
        Arrays.stream(SMALL_8)
            .map(row -> Arrays.stream(row).map(sample -> 255 - sample).toArray())
            .toArray(int[][]::new);

    assertThat(Rasters.rows(decoder.decode(ByteRanges.of(file))), is(inverted));
  }

  @Test
  void readsEachPageAskedFor() throws IOException {
    int[][] second = Pictures.ramp(9, 7, 65_535);
    byte[] bytes = small().page(TiffBuilder.uint16(second)).build();
    ByteRanges source = ByteRanges.of(bytes);
    TiffPages pages = TiffFile.open(source).pages();

    assertThat(Rasters.rows(decoder.open(source, pages.next()).read()), is(SMALL));
    assertThat(Rasters.rows(decoder.open(source, pages.next()).read()), is(second));
    assertThat(pages.hasNext(), is(false));
  }

  @ParameterizedTest
  @EnumSource(TiffCompression.class)
  void readsStripsThatShareTheirBytes(TiffCompression compression) throws IOException {
    int[][] rows = Pictures.constant(33, 40, 4711);
    byte[] file = TiffBuilder.uint16(rows).strips(4).shared(true).compression(compression).build();

    assertThat(Rasters.rows(decoder.decode(ByteRanges.of(file))), is(rows));
  }

  @ParameterizedTest
  @EnumSource(TiffCompression.class)
  void ignoresWhatABlockHasBeyondItsPixels(TiffCompression compression) throws IOException {
    int[][] rows = Pictures.noise(300, 40, 65_535, 3);
    byte[] tall = TiffBuilder.uint16(rows).compression(compression).build();
    byte[] cut =
        TiffBuilder.uint16(rows)
            .compression(compression)
            .tag(TiffTag.IMAGE_LENGTH, LONG, 30)
            .build();

    assertThat(tall.length, is(cut.length));
    assertThat(Rasters.rows(decoder.decode(ByteRanges.of(cut))), is(Arrays.copyOf(rows, 30)));
  }

  @Test
  void takesImagesOfExactlyTheLimit() throws IOException {
    byte[] file = small().build();

    assertThat(new TiffDecoder(240).decode(ByteRanges.of(file)).width(), is(20));
    ImageException refusal =
        assertThrows(ImageException.class, () -> new TiffDecoder(239).decode(ByteRanges.of(file)));
    assertThat(refusal.reason(), is(Reason.TOO_LARGE));
    assertThat(refusal.getMessage(), is("20 columns × 12 rows: more than the limit of 239 pixels"));
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "536870842"})
  void refusesLimitsThatMakeNoSense(long maxPixels) {
    assertThrows(IllegalArgumentException.class, () -> new TiffDecoder(maxPixels));
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 13", "12, 1", "5, -1", "2147483647, 2147483647"})
  void refusesRowsThatAreNotThere(int first, int count) throws IOException {
    TiffImage image = decoder.open(ByteRanges.of(small().build()));

    assertThrows(IndexOutOfBoundsException.class, () -> image.readRows(first, count));
  }

  @Test
  void refusesToReadNoRows() throws IOException {
    TiffImage image = decoder.open(ByteRanges.of(small().build()));

    assertThrows(IllegalArgumentException.class, () -> image.readRows(3, 0));
  }

  @ParameterizedTest
  @EnumSource(TiffCompression.class)
  void fetchesOnlyTheStripsThatHaveRowsAskedFor(TiffCompression compression) throws IOException {
    int[][] rows = Pictures.noise(500, 100, 65_535, 5);
    byte[] file = TiffBuilder.uint16(rows).strips(10).compression(compression).build();
    CountingRanges source = new CountingRanges(file);
    TiffImage image = decoder.open(source);

    assertThat(source.requests(), is(1));
    assertThat(source.bytes(), is(4096L));

    assertThat(Rasters.rows(image.readRows(42, 3)), is(Arrays.copyOfRange(rows, 42, 45)));
    assertThat(source.requests(), is(2));
    assertThat(source.bytes(), is(lessThanOrEqualTo(4096L + 16_000)));
  }

  @Test
  void fetchesOnlyTheRowsAskedForOfAnUncompressedStrip() throws IOException {
    int[][] rows = Pictures.noise(500, 100, 65_535, 5);
    CountingRanges source = new CountingRanges(TiffBuilder.uint16(rows).build());
    TiffImage image = decoder.open(source);

    assertThat(Rasters.rows(image.readRows(42, 3)), is(Arrays.copyOfRange(rows, 42, 45)));
    assertThat(source.bytes(), is(4096L + 3_000));
  }

  @Test
  void fetchesNeighbouringStripsTogether() throws IOException {
    int[][] rows = Pictures.noise(500, 900, 65_535, 5);
    CountingRanges source = new CountingRanges(TiffBuilder.uint16(rows).strips(1).build());
    TiffImage image = decoder.open(source);
    int opening = source.requests();

    assertThat(opening, is(lessThanOrEqualTo(3)));
    assertThat(Rasters.rows(image.read()), is(rows));
    assertThat(source.requests() - opening, is(1));
  }

  @Test
  void findsADirectoryAtTheEndWithoutReadingWhatLiesBefore() throws IOException {
    int[][] rows = Pictures.noise(500, 900, 65_535, 5);
    CountingRanges source =
        new CountingRanges(TiffBuilder.uint16(rows).directoryLast(true).build());

    decoder.open(source);

    assertThat(source.requests(), is(2));
    assertThat(source.bytes(), is(lessThanOrEqualTo(8192L)));
  }

  @Test
  void readsUncompressedImagesLargerThanOneFetch() throws IOException {
    int[][] rows = Pictures.noise(1100, 1000, 65_535, 5);

    for (TiffBuilder builder :
        List.of(TiffBuilder.uint16(rows), TiffBuilder.uint16(rows).strips(600))) {
      assertThat(Rasters.rows(decoder.decode(ByteRanges.of(builder.build()))), is(rows));
    }
  }

  @Test
  void passesOnWhatTheSourceFailsWith() {
    IOException failure = new IOException("the line is cut");
    ByteRanges broken =
        new ByteRanges() {
          @Override
          public long size() {
            return 100;
          }

          @Override
          public Optional<String> identity() {
            return Optional.empty();
          }

          @Override
          public byte[] read(long offset, int length) throws IOException {
            throw failure;
          }

          @Override
          public void close() {}
        };

    assertThat(assertThrows(IOException.class, () -> decoder.decode(broken)), is(failure));
  }

  @ParameterizedTest
  @MethodSource("corruptBlocks")
  void saysWhichBlockIsCorruptAndHow(
      TiffCompression compression, byte[] stored, Reason reason, String message) {
    byte[] file =
        TiffBuilder.uint8(SMALL_8).strips(4).compression(compression).block(1, stored).build();

    ImageException refusal = refusal(file);

    assertThat(refusal.reason(), is(reason));
    assertThat(refusal.getMessage(), containsString("strip 1: " + message));
  }

  static Stream<Arguments> corruptBlocks() {
    return Stream.of(
        Arguments.of(
            TiffCompression.LZW,
            new byte[] {0, 1, 2, 3},
            Reason.UNSUPPORTED,
            "Compression (259) = 5, with the bit order of before TIFF 6"),
        Arguments.of(
            TiffCompression.LZW,
            new byte[] {(byte) 0x80, 0x7f, (byte) 0xff, (byte) 0xff},
            Reason.UNDECODABLE,
            "after 0 bytes the LZW data use code 511, but the last one defined is 257"),
        Arguments.of(
            TiffCompression.LZW,
            new byte[] {(byte) 0x80, 0x40, 0x40},
            Reason.TRUNCATED,
            "LZW data end after 0 of 80 bytes"),
        Arguments.of(
            TiffCompression.PACK_BITS,
            new byte[] {1, 1, 1, 5, 0},
            Reason.TRUNCATED,
            "PackBits data end after 2 of 80 bytes"),
        Arguments.of(
            TiffCompression.DEFLATE,
            new byte[] {1, 1, 1, 5, 0},
            Reason.UNDECODABLE,
            "the Deflate data are corrupt"),
        Arguments.of(
            TiffCompression.DEFLATE,
            new byte[] {0x78, (byte) 0x9c},
            Reason.TRUNCATED,
            "Deflate data end after 0 of 80 bytes"),
        Arguments.of(
            TiffCompression.NONE, new byte[79], Reason.TRUNCATED, "79 bytes are too few for 80"));
  }

  @Test
  void noticesAWrongChecksumOfDeflatedPixels() {
    byte[] file = TiffBuilder.uint16(SMALL).compression(TiffCompression.DEFLATE).build();
    file[file.length - 1] ^= 1;

    ImageException refusal = refusal(file);

    assertThat(refusal.reason(), is(Reason.UNDECODABLE));
    assertThat(
        refusal.getMessage(), is("strip 0: the Deflate data are corrupt: incorrect data check"));
  }

  private ImageException refusal(byte[] file) {
    return assertThrows(ImageException.class, () -> decoder.decode(ByteRanges.of(file)));
  }
}
