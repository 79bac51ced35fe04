package org.cytobeam.io.tiff;

import java.util.Optional;

/** The compressions that are read. */
enum Compression {
  NONE(1),
  LZW(4096),
  DEFLATE(1032),
  PACK_BITS(64);

  private final int maxExpansion;

  Compression(int maxExpansion) {
    this.maxExpansion = maxExpansion;
  }

  /** Returns the compression that a file writes as {@code code}, or empty if it is not read. */
  static Optional<Compression> of(long code) {
    if (code != (int) code) {
      return Optional.empty();
    }
    return switch ((int) code) {
      case 1 -> Optional.of(NONE);
      case 5 -> Optional.of(LZW);
      case 8, 32946 -> Optional.of(DEFLATE);
      case 32773 -> Optional.of(PACK_BITS);
      default -> Optional.empty();
    };
  }

  /**
   * Returns how many bytes one compressed byte can stand for at the most: the longest LZW string
   * has 3,839 bytes and a code more than one; Deflate's figure is zlib's; PackBits' is 128 to 2.
   */
  int maxExpansion() {
    return maxExpansion;
  }

  /** Returns a decompressor for one thread, to be closed; there is none for {@link #NONE}. */
  Decompressor newDecompressor() {
    return switch (this) {
      case NONE -> throw new IllegalStateException("uncompressed data need no decompressor");
      case LZW -> new LzwDecompressor();
      case DEFLATE -> new DeflateDecompressor();
      case PACK_BITS -> new PackBitsDecompressor();
    };
  }
}
