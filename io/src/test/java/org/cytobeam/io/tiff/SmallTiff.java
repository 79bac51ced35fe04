package org.cytobeam.io.tiff;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.testing.images.Pictures;

/** The small image that tests damage, and what becomes of it. */
final class SmallTiff {

  /** 20 × 12 samples of 16 bit: 480 bytes. */
  static final int[][] SMALL = Pictures.micrograph(20, 12, 65_535, 1);

  private SmallTiff() {}

  /** Opening comes before any reading: what is refused here is so whatever rows are wanted. */
  static ImageException refusal(byte[] file) {
    return assertThrows(ImageException.class, () -> new TiffDecoder().open(ByteRanges.of(file)));
  }

  /** Returns from which byte on a file has its first strip. */
  static int blockStart(byte[] file) {
    try {
      return (int)
          TiffFile.open(ByteRanges.of(file)).first().integer(TiffTag.STRIP_OFFSETS).orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
