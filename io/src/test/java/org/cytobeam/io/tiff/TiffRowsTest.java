package org.cytobeam.io.tiff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.images.TiffCompression;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of an image without the rest: what they don't need is neither read nor judged. */
class TiffRowsTest {

  private static final int[][] ROWS = Pictures.micrograph(50, 40, 65_535, 1);

  /** Too short for any row of a block, whatever its compression. */
  private static final byte[] BAD = new byte[20];

  private final TiffDecoder decoder = new TiffDecoder();

  @Provide
  Arbitrary<TiffFlavour> flavours() {
    return TiffFlavour.any();
  }

  @Property(tries = 2000)
  void areThoseOfTheWhole(@ForAll("flavours") TiffFlavour flavour, @ForAll int from, @ForAll int n)
      throws IOException {
    int height = flavour.rows().length;
    int first = Math.floorMod(from, height);
    int count = 1 + Math.floorMod(n, height - first);
    TiffImage image = decoder.open(ByteRanges.of(flavour.builder().build()));

    assertThat(
        Rasters.rows(image.readRows(first, count)),
        is(Arrays.copyOfRange(Rasters.rows(image.read()), first, first + count)));
  }

  @ParameterizedTest
  @EnumSource(value = TiffCompression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void doNotNeedTheOtherStripsToBeSound(TiffCompression compression) throws IOException {
    TiffBuilder builder = TiffBuilder.uint16(ROWS).strips(10).compression(compression);
    byte[] file = builder.block(0, BAD).block(3, BAD).build();
    TiffImage image = decoder.open(ByteRanges.of(file));

    assertThat(Rasters.rows(image.readRows(10, 20)), is(Arrays.copyOfRange(ROWS, 10, 30)));
    assertThat(refusal(image, 9, 2).getMessage(), startsWith("strip 0: "));
    assertThat(refusal(image, 29, 2).getMessage(), startsWith("strip 3: "));
  }

  @ParameterizedTest
  @EnumSource(value = TiffCompression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void doNotNeedTheTilesAboveAndBelowToBeSound(TiffCompression compression) throws IOException {
    byte[] file =
        TiffBuilder.uint16(ROWS)
            .tiles(32, 16)
            .compression(compression)
            .block(1, BAD)
            .block(4, BAD)
            .build();
    TiffImage image = decoder.open(ByteRanges.of(file));

    assertThat(Rasters.rows(image.readRows(16, 16)), is(Arrays.copyOfRange(ROWS, 16, 32)));
    assertThat(refusal(image, 15, 2).getMessage(), startsWith("tile 1: "));
    assertThat(refusal(image, 31, 2).getMessage(), startsWith("tile 4: "));
  }

  /** Each row needs more of the strip than the one above; never more than the whole needs. */
  @ParameterizedTest
  @EnumSource(value = TiffCompression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void doNotNeedWhatTheStripHasBehindThem(TiffCompression compression) throws IOException {
    byte[] stored = stripOf(TiffBuilder.uint16(ROWS).compression(compression).build());
    int half = stored.length / 2;
    byte[] cut = Arrays.copyOf(stored, half);
    byte[] spoilt = stored.clone();
    Arrays.fill(spoilt, half, stored.length, (byte) 0x55);
    for (byte[] strip : new byte[][] {cut, spoilt}) {
      byte[] file = TiffBuilder.uint16(ROWS).compression(compression).block(0, strip).build();
      TiffImage image = decoder.open(ByteRanges.of(file));

      assertThat(Rasters.rows(image.readRows(3, 12)), is(Arrays.copyOfRange(ROWS, 3, 15)));
    }
    byte[] file = TiffBuilder.uint16(ROWS).compression(compression).block(0, cut).build();
    assertThat(refusal(decoder.open(ByteRanges.of(file)), 39, 1).reason(), is(Reason.TRUNCATED));
  }

  private static byte[] stripOf(byte[] file) throws IOException {
    TiffDirectory page = TiffFile.open(ByteRanges.of(file)).first();
    int offset = (int) page.integer(TiffTag.STRIP_OFFSETS).orElseThrow();
    int length = (int) page.integer(TiffTag.STRIP_BYTE_COUNTS).orElseThrow();
    return Arrays.copyOfRange(file, offset, offset + length);
  }

  /** That a strip or tile ends behind the file is a fault of the file, not of some rows. */
  @ParameterizedTest
  @EnumSource(TiffCompression.class)
  void areRefusedIfTheFileIsCutBehindThem(TiffCompression compression) {
    byte[] file = TiffBuilder.uint16(ROWS).strips(10).compression(compression).build();
    byte[] cut = Arrays.copyOf(file, file.length - 1);

    ImageException refusal =
        assertThrows(ImageException.class, () -> decoder.open(ByteRanges.of(cut)).readRows(0, 1));

    assertThat(refusal.reason(), is(Reason.TRUNCATED));
    assertThat(refusal.getMessage(), startsWith("strip 3: "));
  }

  private static ImageException refusal(TiffImage image, int first, int count) {
    return assertThrows(ImageException.class, () -> image.readRows(first, count));
  }
}
