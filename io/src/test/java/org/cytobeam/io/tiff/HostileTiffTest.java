package org.cytobeam.io.tiff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
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

/** Files that are cut, changed or made to do harm. */
class HostileTiffTest {

  private static final int LONG = 4;
  private static final int LONG8 = 16;
  private static final int MUTATIONS = 600;

  /** Only to end a test that hangs; nothing here takes a second. */
  private static final Duration STUCK = Duration.ofSeconds(60);

  private static final int[][] SMALL = Pictures.micrograph(20, 12, 65_535, 1);

  private final TiffDecoder decoder = new TiffDecoder();

  @ParameterizedTest
  @EnumSource(TiffCompression.class)
  void refusesAFileCutAtAnyByte(TiffCompression compression) throws IOException {
    for (boolean big : new boolean[] {false, true}) {
      for (boolean directoryLast : new boolean[] {false, true}) {
        byte[] file =
            TiffBuilder.uint16(SMALL)
                .compression(compression)
                .strips(12)
                .big(big)
                .directoryLast(directoryLast)
                .build();
        assertThat(Rasters.rows(decoder.decode(ByteRanges.of(file))), is(SMALL));
        for (int length = 0; length < file.length; length++) {
          assertThat(
              "cut to " + length + " of " + file.length,
              refusal(Arrays.copyOf(file, length)).reason(),
              is(Reason.TRUNCATED));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TiffCompression.class)
  void refusesTiledFilesCutAtAnyByte(TiffCompression compression) {
    byte[] file = TiffBuilder.uint8(SMALL).compression(compression).tiles(16, 16).build();

    for (int length = 0; length < file.length; length++) {
      assertThat(refusal(Arrays.copyOf(file, length)).reason(), is(Reason.TRUNCATED));
    }
  }

  @ParameterizedTest
  @EnumSource(TiffCompression.class)
  void refusesBlocksCutAtAnyByteInAWholeFile(TiffCompression compression) throws IOException {
    byte[] whole = TiffBuilder.uint16(SMALL).compression(compression).build();
    byte[] block = Arrays.copyOfRange(whole, blockStart(whole), whole.length);
    int neededByDecoder = compression == TiffCompression.LZW ? block.length - 2 : block.length - 4;

    for (int length = 0; length < neededByDecoder; length++) {
      byte[] file =
          TiffBuilder.uint16(SMALL)
              .compression(compression)
              .block(0, Arrays.copyOf(block, length))
              .build();
      ImageException refusal =
          assertThrows(ImageException.class, () -> decoder.decode(ByteRanges.of(file)));
      assertThat(refusal.reason(), is(Reason.TRUNCATED));
    }
  }

  @ParameterizedTest
  @EnumSource(value = TiffCompression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void refusesTheLastRowOfABlockThatIsCut(TiffCompression compression) throws IOException {
    byte[] whole = TiffBuilder.uint16(SMALL).compression(compression).build();
    byte[] block = Arrays.copyOfRange(whole, blockStart(whole), whole.length);
    byte[] file =
        TiffBuilder.uint16(SMALL)
            .compression(compression)
            .block(0, Arrays.copyOf(block, block.length * 3 / 4))
            .build();

    assertThat(refusalOfRows(file, 11, 1).reason(), is(Reason.TRUNCATED));
  }

  private static int blockStart(byte[] file) {
    try {
      return (int)
          TiffFile.open(ByteRanges.of(file)).first().integer(TiffTag.STRIP_OFFSETS).orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

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
      TiffDecoder decoder = new TiffDecoder(TiffDecoder.HIGHEST_MAX_PIXELS);

      ImageException refusal =
          assertThrows(ImageException.class, () -> decoder.open(ByteRanges.of(file)));

      assertThat(refusal.reason(), is(Reason.TRUNCATED));
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
          containsString(
              "StripOffsets (273): " + (big ? "536870912" : "268435456") + " bytes"));
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

    ImageException refusal = refusal(file);

    assertThat(refusal.reason(), is(Reason.TRUNCATED));
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

  @Test
  void refusesDirectoriesThatTheEndOfTheFileCuts() {
    for (boolean big : new boolean[] {false, true}) {
      byte[] file = TiffBuilder.uint16(SMALL).big(big).build();
      ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
      for (int behind = 0; behind < 2; behind++) {
        if (big) {
          header.putLong(8, file.length - behind);
        } else {
          header.putInt(4, file.length - behind);
        }
        assertThat(refusal(file).reason(), is(Reason.TRUNCATED));
      }
    }
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
  @CsvSource({"-1, UNDECODABLE", "65537, UNDECODABLE", "65536, TRUNCATED", "0, UNDECODABLE"})
  void refusesDirectoriesOfABigTiffWithAbsurdCounts(long entries, Reason reason) {
    byte[] file = TiffBuilder.uint16(SMALL).big(true).build();
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(16, entries);

    assertThat(refusal(file).reason(), is(reason));
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

  @ParameterizedTest
  @CsvSource({"2", "5", "7", "11", "12", "99"})
  void cannotDecodeASizeOfAnotherType(int type) {
    byte[] file =
        TiffBuilder.uint16(SMALL)
            .entry(TiffTag.IMAGE_WIDTH, type, 1, new byte[] {20, 0, 0, 0})
            .build();

    assertThat(refusal(file).reason(), is(Reason.UNDECODABLE));
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

  @ParameterizedTest
  @EnumSource(TiffCompression.class)
  void givesARasterOfTheRightSizeOrRefusesWhateverIsChanged(TiffCompression compression) {
    Random random = new Random(compression.code());
    for (int i = 0; i < MUTATIONS; i++) {
      TiffBuilder builder =
          (i % 2 == 0 ? TiffBuilder.uint8(SMALL) : TiffBuilder.uint16(SMALL))
              .compression(compression)
              .differenced(i % 3 == 0)
              .big(i % 5 == 0)
              .order(i % 7 < 3 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
              .directoryLast(i % 11 < 5);
      byte[] file = (i % 4 == 0 ? builder.tiles(16, 16) : builder.strips(1 + i % 12)).build();
      for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
        file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      }
      decodeOrRefuse(file);
    }
  }

  @Property(tries = 1000)
  void refusesAnyBytesBehindAHeader(
      @ForAll @Size(max = 400) byte[] bytes, @ForAll boolean big, @ForAll boolean littleEndian) {
    byte[] file = new byte[16 + bytes.length];
    System.arraycopy(bytes, 0, file, 16, bytes.length);
    ByteBuffer header =
        ByteBuffer.wrap(file).order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    header.put((byte) (littleEndian ? 'I' : 'M')).put((byte) (littleEndian ? 'I' : 'M'));
    if (big) {
      header.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(16);
    } else {
      header.putShort((short) 42).putInt(16);
    }

    decodeOrRefuse(file);
  }

  @Property(tries = 1000)
  void decompressorsTakeAnyBytes(
      @ForAll @Size(max = 300) byte[] data, @ForAll TiffCompression compression) {
    decodeOrRefuse(
        TiffBuilder.uint16(SMALL).strips(5).compression(compression).block(1, data).build());
  }

  /** Anything but a raster or an {@link ImageException} fails the test. */
  private void decodeOrRefuse(byte[] file) {
    assertTimeoutPreemptively(
        STUCK,
        () -> {
          try {
            TiffImage image = decoder.open(ByteRanges.of(file));
            Raster raster = image.read();
            assertThat(raster.width(), is(image.width()));
            assertThat(raster.height(), is(image.height()));
          } catch (ImageException e) {
            assertThat(e.getMessage(), is(not(blankOrNullString())));
          }
        });
  }

  /** Opening comes before any reading: what is refused here is so whatever rows are wanted. */
  private ImageException refusal(byte[] file) {
    return assertThrows(ImageException.class, () -> decoder.open(ByteRanges.of(file)));
  }

  private ImageException refusalOfRows(byte[] file, int first, int count) throws IOException {
    TiffImage image = decoder.open(ByteRanges.of(file));
    return assertThrows(ImageException.class, () -> image.readRows(first, count));
  }
}
