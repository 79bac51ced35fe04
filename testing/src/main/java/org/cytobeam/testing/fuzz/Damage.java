package org.cytobeam.testing.fuzz;

import java.util.Arrays;
import java.util.Random;

/**
 * Changes to sound files of a kind that lead far into their reader: some bits or bytes, whole
 * numbers at the edges of their range, stretches of the file itself, the length.
 */
public final class Damage {

  private static final int MOST_CHANGES = 5;
  private static final int LONGEST_STRETCH = 64;

  /**
   * What is written into numbers of 2, 4 and 8 bytes, beside powers of two and their neighbours.
   */
  private static final long[] EDGES = {0, 1, 2, 3, 255, 256, 65_535, -1, Long.MIN_VALUE};

  private final byte[] telling;

  /**
   * Creates a damage of files of one format.
   *
   * @param telling bytes that mean something in the format, to be strewn in
   */
  public Damage(byte... telling) {
    this.telling = telling.clone();
  }

  /** Returns a changed copy of a file that is not empty; the same random numbers change it so. */
  public byte[] of(byte[] file, Random random) {
    byte[] bytes = file.clone();
    for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
      change(bytes, random);
    }
    return switch (random.nextInt(16)) {
      case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> Arrays.copyOf(bytes, bytes.length + random.nextInt(LONGEST_STRETCH));
      case 2 -> without(bytes, random);
      default -> bytes;
    };
  }

  private void change(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(6)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> bytes[at] = telling.length == 0 ? 0 : telling[random.nextInt(telling.length)];
      case 3 -> copyStretch(bytes, at, random);
      default -> writeNumber(bytes, at, random);
    }
  }

  private static void copyStretch(byte[] bytes, int to, Random random) {
    int from = random.nextInt(bytes.length);
    int length = Math.min(random.nextInt(LONGEST_STRETCH), bytes.length - Math.max(from, to));
    System.arraycopy(bytes, from, bytes, to, length);
  }

  private static void writeNumber(byte[] bytes, int at, Random random) {
    int length = Math.min(2 << random.nextInt(3), bytes.length - at);
    long number =
        random.nextBoolean()
            ? EDGES[random.nextInt(EDGES.length)]
            : (1L << random.nextInt(Long.SIZE)) + random.nextInt(3) - 1;
    boolean littleEndian = random.nextBoolean();
    for (int i = 0; i < length; i++) {
      int digit = littleEndian ? i : length - 1 - i;
      bytes[at + i] = (byte) (number >>> (Byte.SIZE * digit));
    }
  }

  private static byte[] without(byte[] bytes, Random random) {
    int from = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + random.nextInt(LONGEST_STRETCH));
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - (to - from));
    System.arraycopy(bytes, to, shorter, from, bytes.length - to);
    return shorter;
  }
}
