package org.cytobeam.io.tiff;

import java.nio.ByteOrder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.images.TiffCompression;

/** A picture, and one way to store it. */
record TiffFlavour(int bits, Picture picture, Storage storage) {

  /** A picture of a kind from 0 to 3. */
  record Picture(int kind, int width, int height, long seed) {}

  /** Everything but the picture. */
  record Storage(
      boolean littleEndian,
      boolean big,
      boolean directoryLast,
      boolean reversed,
      TiffCompression compression,
      boolean differenced,
      boolean tiled,
      int blockSize) {}

  static Arbitrary<TiffFlavour> any() {
    return Combinators.combine(Arbitraries.of(8, 16), pictures(), storages()).as(TiffFlavour::new);
  }

  private static Arbitrary<Picture> pictures() {
    Arbitrary<Integer> side = Arbitraries.integers().between(1, 120);
    Arbitrary<Integer> kind = Arbitraries.integers().between(0, 3);
    return Combinators.combine(kind, side, side, Arbitraries.longs()).as(Picture::new);
  }

  private static Arbitrary<Storage> storages() {
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    return Combinators.combine(
            either,
            either,
            either,
            either,
            Arbitraries.of(TiffCompression.class),
            either,
            either,
            Arbitraries.integers().between(1, 70))
        .as(Storage::new);
  }

  /** Returns the samples of the picture. */
  int[][] rows() {
    int max = (1 << bits) - 1;
    int width = picture.width;
    int height = picture.height;
    return switch (picture.kind) {
      case 0 -> Pictures.micrograph(width, height, max, picture.seed);
      case 1 -> Pictures.noise(width, height, max, picture.seed);
      case 2 -> Pictures.ramp(width, height, max);
      default -> Pictures.constant(width, height, (int) (picture.seed & max));
    };
  }

  TiffBuilder builder() {
    TiffBuilder builder =
        (bits == 8 ? TiffBuilder.uint8(rows()) : TiffBuilder.uint16(rows()))
            .order(storage.littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
            .big(storage.big)
            .directoryLast(storage.directoryLast)
            .reversed(storage.reversed)
            .compression(storage.compression)
            .differenced(storage.differenced && storage.compression != TiffCompression.NONE);
    return storage.tiled
        ? builder.tiles(16 * (1 + storage.blockSize / 16), 16 * (1 + storage.blockSize % 4))
        : builder.strips(storage.blockSize);
  }
}
