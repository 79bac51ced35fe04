package org.cytobeam.io.tiff;

import java.nio.ByteOrder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.images.TiffCompression;

/**
 * One way to store a picture, with the picture.
 *
 * @param storage everything but the picture
 */
record TiffFlavour(int bits, int[][] rows, Storage storage) {

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
    return Combinators.combine(Arbitraries.of(8, 16), storages())
        .flatAs((bits, storage) -> picture(bits).map(rows -> new TiffFlavour(bits, rows, storage)));
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

  private static Arbitrary<int[][]> picture(int bits) {
    int max = (1 << bits) - 1;
    Arbitrary<Integer> side = Arbitraries.integers().between(1, 120);
    return Combinators.combine(
            side, side, Arbitraries.integers().between(0, 3), Arbitraries.longs())
        .as(
            (width, height, kind, seed) ->
                switch (kind) {
                  case 0 -> Pictures.micrograph(width, height, max, seed);
                  case 1 -> Pictures.noise(width, height, max, seed);
                  case 2 -> Pictures.ramp(width, height, max);
                  default -> Pictures.constant(width, height, (int) (seed & max));
                });
  }

  TiffBuilder builder() {
    TiffBuilder builder =
        (bits == 8 ? TiffBuilder.uint8(rows) : TiffBuilder.uint16(rows))
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
