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
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.images.TiffCompression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files, and blocks of files, whose end is missing. */
class CutTiffTest {

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

  private ImageException refusalOfRows(byte[] file, int first, int count) throws IOException {
    TiffImage image = decoder.open(ByteRanges.of(file));
    return assertThrows(ImageException.class, () -> image.readRows(first, count));
  }
}
