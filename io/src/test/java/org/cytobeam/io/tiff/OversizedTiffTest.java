package org.cytobeam.io.tiff;

import static org.cytobeam.io.tiff.SmallTiff.SMALL;
import static org.cytobeam.io.tiff.SmallTiff.refusal;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.images.TiffCompression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that claim more than they hold, or than there is room for. */
class OversizedTiffTest {

  private static final int LONG = 4;
  private static final int LONG8 = 16;

  /** In bytes. What is claimed is a thousand times as much, or twice that. */
  private static final long LITTLE_MEMORY = 100_000;

  /** Only to end a test that hangs; nothing here takes a second. */
  private static final Duration STUCK = Duration.ofSeconds(60);

  private final TiffDecoder decoder = new TiffDecoder();

  @ParameterizedTest
  @CsvSource({
    "65535, 65535",
    "4294967295, 1",
    "1, 4294967295",
    "4294967295, 4294967295",
    "8192, 8193",
  })
  void refusesMorePixelsThanTheLimitBeforeItLooksForThem(long width, long height) {
    for (boolean big : new boolean[] {false, true}) {
      byte[] file =
          TiffBuilder.uint16(SMALL)
              .big(big)
              .tag(TiffTag.IMAGE_WIDTH, LONG, width)
              .tag(TiffTag.IMAGE_LENGTH, LONG, height)
              .build();

      assertThat(file.length, is(lessThan(1024)));
      assertThat(refusal(file).reason(), is(Reason.TOO_LARGE));
    }
  }

  /** A thousand and more pixels a byte: the size that is claimed decides, not what is stored. */
  @ParameterizedTest
  @EnumSource(value = TiffCompression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void refusesBombsThatClaimTheirSize(TiffCompression compression) {
    byte[] bomb =
        TiffBuilder.uint8(Pictures.constant(2000, 2000, 0)).compression(compression).build();
    CountingRanges source = new CountingRanges(bomb);

    ImageException refusal =
        assertThrows(ImageException.class, () -> new TiffDecoder(3_999_999).open(source));

    assertThat(refusal.reason(), is(Reason.TOO_LARGE));
    assertThat(source.bytes(), is(lessThan(5_000L)));
  }

  @Test
  void allocatesNothingForClaimsBeyondWhatABlockCanHoldWhateverTheLimit() {
    for (boolean big : new boolean[] {false, true}) {
      byte[] file =
          TiffBuilder.uint8(SMALL)
              .big(big)
              .compression(TiffCompression.DEFLATE)
              .tag(TiffTag.IMAGE_WIDTH, LONG, 20_000)
              .tag(TiffTag.IMAGE_LENGTH, LONG, 20_000)
              .tag(TiffTag.ROWS_PER_STRIP, LONG, 20_000)
              .build();

      assertThat(
          refusalInLittleMemory(new TiffDecoder(TiffDecoder.HIGHEST_MAX_PIXELS), file).reason(),
          is(Reason.TRUNCATED));
    }
  }

  @Test
  void refusesSizesBeyond63Bits() {
    byte[] file = TiffBuilder.uint16(SMALL).big(true).tag(TiffTag.IMAGE_WIDTH, LONG8, -1).build();

    assertThat(refusal(file).reason(), is(Reason.TOO_LARGE));
  }

  @ParameterizedTest
  @CsvSource({"256", "257", "278"})
  void cannotDecodeASizeOfNothing(int tag) {
    ImageException refusal = refusal(TiffBuilder.uint16(SMALL).tag(tag, LONG, 0).build());

    assertThat(refusal.reason(), is(Reason.UNDECODABLE));
    assertThat(refusal.getMessage(), is(TiffTag.describe(tag) + " = 0"));
  }

  @ParameterizedTest
  @CsvSource({"2", "5", "7", "11", "12", "99"})
  void cannotDecodeASizeOfAnotherType(int type) {
    byte[] file =
        TiffBuilder.uint16(SMALL)
            .entry(TiffTag.IMAGE_WIDTH, type, 1, new byte[] {20, 0, 0, 0})
            .build();

    assertThat(refusal(file).reason(), is(Reason.UNDECODABLE));
  }

  /** The most that a classic TIFF and a BigTIFF can claim, 2³² in both, and one too many. */
  @ParameterizedTest
  @CsvSource({
    "false, 4294967295",
    "false, 2147483648",
    "false, 13",
    "true, 4294967296",
    "true, 9223372036854775807",
    "true, -9223372036854775808",
    "true, -1",
    "true, 13",
  })
  void refusesMoreStripsThanTheImageHasRowsBeforeItReadsTheirTable(boolean big, long strips) {
    for (int tag : new int[] {TiffTag.STRIP_OFFSETS, TiffTag.STRIP_BYTE_COUNTS}) {
      TiffBuilder builder = TiffBuilder.uint16(SMALL).strips(1).big(big);
      assertTooManyBlocks(builder, tag, big, strips, 12);
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 4294967295", "false, 241", "true, 4294967296", "true, -1", "true, 241"})
  void refusesMoreTilesThanTheImageHasPixelsBeforeItReadsTheirTable(boolean big, long tiles) {
    for (int tag : new int[] {TiffTag.TILE_OFFSETS, TiffTag.TILE_BYTE_COUNTS}) {
      TiffBuilder builder =
          TiffBuilder.uint16(SMALL).tiles(16, 16).big(big).compression(TiffCompression.LZW);
      assertTooManyBlocks(builder, tag, big, tiles, 240);
    }
  }

  private void assertTooManyBlocks(
      TiffBuilder builder, int tag, boolean big, long blocks, int most) {
    byte[] behindTheHeader = big ? new byte[] {16, 0, 0, 0, 0, 0, 0, 0} : new byte[] {8, 0, 0, 0};
    byte[] file = builder.entry(tag, big ? LONG8 : LONG, blocks, behindTheHeader).build();

    ImageException refusal = refusal(file);

    assertThat(refusal.reason(), is(Reason.TOO_LARGE));
    assertThat(
        refusal.getMessage(),
        is(
            "%s has %s values, more than the limit of %d"
                .formatted(TiffTag.describe(tag), Long.toUnsignedString(blocks), most)));
  }

  @Test
  void readsTablesThatAreLongerThanTheyNeedBe() throws IOException {
    byte[] file =
        TiffBuilder.uint16(SMALL)
            .tag(TiffTag.STRIP_OFFSETS, LONG, 8, 0, 0xffff_ffffL)
            .tag(TiffTag.STRIP_BYTE_COUNTS, LONG, 480, 0, 0xffff_ffffL)
            .directoryLast(true)
            .build();

    assertThat(Rasters.rows(decoder.decode(ByteRanges.of(file))), is(SMALL));
  }

  @Test
  void cannotDecodeFewerStripsThanTheImageIsCutInto() {
    byte[] file =
        TiffBuilder.uint16(SMALL)
            .strips(1)
            .entry(TiffTag.STRIP_OFFSETS, LONG, 0, new byte[] {8, 0, 0, 0})
            .build();

    ImageException refusal = refusal(file);

    assertThat(refusal.reason(), is(Reason.UNDECODABLE));
    assertThat(refusal.getMessage(), is("StripOffsets (273) has 0 values instead of 12"));
  }

  /** As many strips as there are rows may be right; that the file is too short is known. */
  @Test
  void refusesTablesOfStripsThatTheFileCannotHold() {
    for (boolean big : new boolean[] {false, true}) {
      byte[] behindTheHeader = big ? new byte[] {16, 0, 0, 0, 0, 0, 0, 0} : new byte[] {8, 0, 0, 0};
      byte[] file =
          TiffBuilder.uint16(SMALL)
              .big(big)
              .tag(TiffTag.IMAGE_WIDTH, LONG, 1)
              .tag(TiffTag.IMAGE_LENGTH, LONG, 1 << 26)
              .tag(TiffTag.ROWS_PER_STRIP, LONG, 1)
              .entry(TiffTag.STRIP_OFFSETS, big ? LONG8 : LONG, 1 << 26, behindTheHeader)
              .build();

      ImageException refusal = refusal(file);

      assertThat(refusal.reason(), is(Reason.TRUNCATED));
      assertThat(
          refusal.getMessage(),
          containsString("StripOffsets (273): " + (big ? "536870912" : "268435456") + " bytes"));
    }
  }

  @ParameterizedTest
  @CsvSource({"2147483648, 16", "9223372036854775807, 16", "-1, -1"})
  void refusesTilesOfABigTiffThatDwarfTheImage(long width, long height) {
    byte[] file =
        TiffBuilder.uint16(SMALL)
            .big(true)
            .tiles(32, 16)
            .compression(TiffCompression.LZW)
            .tag(TiffTag.TILE_WIDTH, LONG8, width)
            .tag(TiffTag.TILE_LENGTH, LONG8, height)
            .build();

    assertThat(refusal(file).reason(), is(Reason.TOO_LARGE));
  }

  @ParameterizedTest
  @CsvSource({"2147483648, 16", "4294967295, 4294967295", "134217744, 1"})
  void refusesTilesThatDwarfTheImage(long width, long height) {
    byte[] file =
        TiffBuilder.uint16(SMALL)
            .tiles(32, 16)
            .compression(TiffCompression.DEFLATE)
            .tag(TiffTag.TILE_WIDTH, LONG, width)
            .tag(TiffTag.TILE_LENGTH, LONG, height)
            .build();

    assertThat(refusal(file).reason(), is(Reason.TOO_LARGE));
  }

  @Test
  void readsATallTileForTheRowsThatItHasInTheImage() throws IOException {
    byte[] file =
        TiffBuilder.uint16(SMALL).tiles(32, 16).tag(TiffTag.TILE_LENGTH, LONG, 1L << 31).build();

    assertThat(Rasters.rows(decoder.decode(ByteRanges.of(file))), is(SMALL));
  }

  @ParameterizedTest
  @EnumSource(value = TiffCompression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void stopsABombAtTheSizeOfTheImage(TiffCompression compression) throws IOException {
    int[][] zeros = Pictures.constant(4000, 1000, 0);
    byte[] bomb =
        TiffBuilder.uint16(zeros)
            .compression(compression)
            .tag(TiffTag.IMAGE_WIDTH, LONG, 10)
            .tag(TiffTag.IMAGE_LENGTH, LONG, 10)
            .build();

    Raster raster = decoder.decode(ByteRanges.of(bomb));

    assertThat(Rasters.rows(raster), is(Pictures.constant(10, 10, 0)));
  }

  @ParameterizedTest
  @EnumSource(TiffCompression.class)
  void refusesSizesThatNoBlockOfThatLengthCanHaveBeforeItAllocates(TiffCompression compression) {
    byte[] file =
        TiffBuilder.uint16(Pictures.constant(10, 10, 0))
            .compression(compression)
            .tag(TiffTag.IMAGE_WIDTH, LONG, 8192)
            .tag(TiffTag.IMAGE_LENGTH, LONG, 8192)
            .tag(TiffTag.ROWS_PER_STRIP, LONG, 8192)
            .build();

    assertThat(refusalInLittleMemory(decoder, file).reason(), is(Reason.TRUNCATED));
  }

  /** Looks at the second refusal of a file: the first loads classes. */
  private static ImageException refusalInLittleMemory(TiffDecoder decoder, byte[] file) {
    assertThrows(ImageException.class, () -> decoder.open(ByteRanges.of(file)));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    ImageException refusal =
        assertThrows(ImageException.class, () -> decoder.open(ByteRanges.of(file)));
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(before, is(greaterThan(0L)));
    assertThat(allocated, is(lessThan(LITTLE_MEMORY)));
    return refusal;
  }

  @Test
  void isDoneSoonWithBlocksThatAllClaimTheWholeFile() {
    int blocks = 5_000;
    byte[] clears = new byte[1 << 21];
    for (int bit = 0; bit + 9 <= clears.length * 8L; bit += 9) {
      clears[bit >>> 3] |= (byte) (0x80 >>> (bit & 7));
    }
    int behindTheHeader = 8;
    byte[] file =
        TiffBuilder.uint8(Pictures.constant(1, blocks, 0))
            .strips(1)
            .compression(TiffCompression.LZW)
            .directoryLast(true)
            .block(0, clears)
            .tag(TiffTag.STRIP_BYTE_COUNTS, LONG, filled(blocks, clears.length))
            .tag(TiffTag.STRIP_OFFSETS, LONG, filled(blocks, behindTheHeader))
            .build();
    CountingRanges source = new CountingRanges(file);

    ImageException refusal =
        assertTimeoutPreemptively(
            STUCK, () -> assertThrows(ImageException.class, () -> decoder.decode(source)));

    assertThat(refusal.reason(), is(Reason.TRUNCATED));
    assertThat(source.bytes(), is(lessThan(100_000L)));
  }

  private static long[] filled(int count, long value) {
    long[] values = new long[count];
    Arrays.fill(values, value);
    return values;
  }

  @Test
  void inflatesNoFurtherThanTheImageThoughTheDataGoOn() throws IOException {
    ByteArrayOutputStream endless = new ByteArrayOutputStream();
    Deflater deflater = new Deflater();
    deflater.setInput(new byte[10_000_000]);
    deflater.finish();
    byte[] buffer = new byte[20_000];
    endless.write(buffer, 0, deflater.deflate(buffer));
    deflater.end();
    byte[] file =
        TiffBuilder.uint8(Pictures.constant(5, 5, 9))
            .compression(TiffCompression.DEFLATE)
            .block(0, endless.toByteArray())
            .build();

    assertThat(Rasters.rows(decoder.decode(ByteRanges.of(file))), is(Pictures.constant(5, 5, 0)));
  }
}
