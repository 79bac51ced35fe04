package org.cytobeam.io.tiff;

import static org.cytobeam.io.tiff.SmallTiff.SMALL;
import static org.cytobeam.io.tiff.SmallTiff.blockStart;
import static org.cytobeam.io.tiff.SmallTiff.refusal;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.images.TiffCompression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files whose directories and strips lie nowhere, in a circle, or on one another. */
class MisplacedTiffTest {

  private static final int LONG = 4;
  private static final int LONG8 = 16;

  private final TiffDecoder decoder = new TiffDecoder();

  @ParameterizedTest
  @CsvSource({"0, UNDECODABLE", "4294967295, TRUNCATED", "2147483648, TRUNCATED"})
  void refusesDirectoriesThatAreNowhere(long offset, Reason reason) {
    byte[] file = TiffBuilder.uint16(SMALL).build();
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(4, (int) offset);

    assertThat(refusal(file).reason(), is(reason));
  }

  @ParameterizedTest
  @CsvSource({"-1", "-9223372036854775808", "9223372036854775807", "9223372036854775800"})
  void refusesDirectoriesOfABigTiffThatAreNowhere(long offset) {
    byte[] file = TiffBuilder.uint16(SMALL).big(true).build();
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(8, offset);

    assertThat(refusal(file).reason(), is(Reason.TRUNCATED));
  }

  @ParameterizedTest
  @CsvSource({"-1, UNDECODABLE", "65537, UNDECODABLE", "65536, TRUNCATED", "0, UNDECODABLE"})
  void refusesDirectoriesOfABigTiffWithAbsurdCounts(long entries, Reason reason) {
    byte[] file = TiffBuilder.uint16(SMALL).big(true).build();
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(16, entries);

    assertThat(refusal(file).reason(), is(reason));
  }

  /** The first page of such a file is sound, and its rows are all that is looked at. */
  @Test
  void readsAPageWhoseChainLoopsOrWhoseSubImagesAreNowhere() throws IOException {
    for (boolean big : new boolean[] {false, true}) {
      TiffBuilder second = TiffBuilder.uint8(Pictures.ramp(4, 4, 255));
      int type = big ? LONG8 : LONG;
      List<TiffBuilder> builders =
          List.of(
              TiffBuilder.uint16(SMALL).page(second).loopTo(0),
              TiffBuilder.uint16(SMALL).page(second).loopTo(1),
              TiffBuilder.uint16(SMALL).loopTo(0),
              TiffBuilder.uint16(SMALL).tag(TiffTag.SUB_IFDS, type, big ? 16 : 8),
              TiffBuilder.uint16(SMALL).tag(TiffTag.SUB_IFDS, type, 1L << 31, 0xffff_ffffL, 0));
      for (TiffBuilder builder : builders) {
        TiffImage image = decoder.open(ByteRanges.of(builder.big(big).build()));

        assertThat(Rasters.rows(image.read()), is(SMALL));
        assertThat(Rasters.rows(image.readRows(5, 2)), is(Arrays.copyOfRange(SMALL, 5, 7)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2147483648, TRUNCATED", "4294967295, TRUNCATED", "0, UNDECODABLE"})
  void refusesSubImagesThatAreNowhere(long offset, Reason reason) throws IOException {
    byte[] bytes = TiffBuilder.uint16(SMALL).tag(TiffTag.SUB_IFDS, LONG, offset).build();
    TiffFile file = TiffFile.open(ByteRanges.of(bytes));
    long named = file.first().integer(TiffTag.SUB_IFDS).orElseThrow();

    ImageException refusal = assertThrows(ImageException.class, () -> file.directory(named));

    assertThat(refusal.reason(), is(reason));
  }

  @ParameterizedTest
  @CsvSource({"4294967295", "2147483648", "100000"})
  void refusesStripsPastTheEnd(long offset) {
    byte[] file = TiffBuilder.uint16(SMALL).tag(TiffTag.STRIP_OFFSETS, LONG, offset).build();

    ImageException refusal = refusal(file);

    assertThat(refusal.reason(), is(Reason.TRUNCATED));
    assertThat(
        refusal.getMessage(),
        is(
            "strip 0: 480 bytes from byte %d on, but the file has %d"
                .formatted(offset, file.length)));
  }

  @ParameterizedTest
  @CsvSource({"-1", "-9223372036854775808", "9223372036854775807"})
  void refusesStripsOfABigTiffPastTheEnd(long offset) {
    TiffBuilder builder = TiffBuilder.uint16(SMALL).big(true).strips(6);

    assertThat(
        refusal(builder.tag(TiffTag.STRIP_OFFSETS, LONG8, offset, offset).build()).reason(),
        is(Reason.TRUNCATED));
    assertThat(
        refusal(
                TiffBuilder.uint16(SMALL)
                    .compression(TiffCompression.LZW)
                    .big(true)
                    .strips(6)
                    .tag(TiffTag.STRIP_BYTE_COUNTS, LONG8, offset, offset)
                    .build())
            .reason(),
        is(Reason.TRUNCATED));
  }

  @Test
  void readsStripsThatOverlap() throws IOException {
    for (boolean big : new boolean[] {false, true}) {
      long start = blockStart(TiffBuilder.uint16(SMALL).strips(6).big(big).build());
      byte[] overlapping =
          TiffBuilder.uint16(SMALL)
              .strips(6)
              .big(big)
              .tag(TiffTag.STRIP_OFFSETS, big ? LONG8 : LONG, start, start + 40)
              .build();
      int[][] rows = new int[12][];
      for (int y = 0; y < 12; y++) {
        rows[y] = SMALL[y < 6 ? y : y - 5];
      }
      TiffImage image = decoder.open(ByteRanges.of(overlapping));

      assertThat(Rasters.rows(image.read()), is(rows));
      assertThat(Rasters.rows(image.readRows(4, 5)), is(Arrays.copyOfRange(rows, 4, 9)));
    }
  }

  @Test
  void refusesABigTiffWithOtherOffsets() {
    byte[] file = TiffBuilder.uint16(SMALL).big(true).build();
    file[4] = 16;

    assertThat(refusal(file).reason(), is(Reason.UNSUPPORTED));
  }
}
