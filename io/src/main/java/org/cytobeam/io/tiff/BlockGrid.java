package org.cytobeam.io.tiff;

/**
 * How an image is cut into blocks: strips, which are as wide as the image, or tiles. Blocks are
 * counted from the top left, row by row.
 *
 * @param width columns of the image
 * @param height rows of the image
 * @param blockWidth columns of every block; those beyond the image's right edge are padding
 * @param blockHeight rows of every block but those at the lower edge, which may have fewer
 */
record BlockGrid(int width, int height, int blockWidth, int blockHeight) {

  int across() {
    return (int) (((long) width + blockWidth - 1) / blockWidth);
  }

  int down() {
    return (int) (((long) height + blockHeight - 1) / blockHeight);
  }

  /** Returns the number of blocks, which is not more than the number of pixels. */
  int count() {
    return across() * down();
  }

  /** Returns the number of pixels in all blocks, with the padding to the right. */
  long paddedPixels() {
    return (long) across() * blockWidth * height;
  }

  int left(int block) {
    return block % across() * blockWidth;
  }

  int top(int block) {
    return block / across() * blockHeight;
  }

  /** Returns how many columns of a block lie in the image. */
  int columns(int block) {
    return Math.min(blockWidth, width - left(block));
  }

  /** Returns how many rows of a block lie in the image. */
  int rows(int block) {
    return Math.min(blockHeight, height - top(block));
  }
}
