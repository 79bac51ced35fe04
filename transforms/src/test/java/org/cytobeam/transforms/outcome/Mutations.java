package org.cytobeam.transforms.outcome;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** What disks, editors and accidents do to files. */
final class Mutations {

  /** How long mutations are tried beyond the number of each test run, in seconds. */
  private static final long SECONDS = Long.getLong("cytobeam.fuzz.seconds", 0);

  private Mutations() {}

  /** What is done with one mutated file. */
  @FunctionalInterface
  interface Trial {
    /** Tries a file; {@code seed} makes it again. */
    void of(byte[] file, long seed) throws Exception;
  }

  /**
   * Tries mutations of a file: the same ones in each test run, and others for as long as {@code
   * -Dcytobeam.fuzz.seconds} says.
   */
  static void of(byte[] file, int count, Trial trial) throws Exception {
    for (long seed = 0; seed < count; seed++) {
      trial.of(mutated(file, seed), seed);
    }
    long end = System.nanoTime() + SECONDS * 1_000_000_000;
    for (long seed = System.nanoTime(); System.nanoTime() < end; seed++) {
      trial.of(mutated(file, seed), seed);
    }
  }

  private static byte[] mutated(byte[] file, long seed) {
    Random random = new Random(seed);
    byte[] mutated = file;
    int changes = 1 + random.nextInt(3);
    for (int change = 0; change < changes && mutated.length > 0; change++) {
      mutated = mutated(mutated, random);
    }
    return mutated;
  }

  private static byte[] mutated(byte[] file, Random random) {
    int from = random.nextInt(file.length);
    int to = Math.min(file.length, from + 1 + random.nextInt(1 << random.nextInt(10)));
    byte[] copy = file.clone();
    switch (random.nextInt(8)) {
      case 0, 1 -> copy[from] ^= (byte) (1 << random.nextInt(8));
      case 2 -> copy[from] = (byte) random.nextInt(256);
      case 3 -> Arrays.fill(copy, from, to, (byte) 0);
      case 4 -> copy = Arrays.copyOf(file, from);
      case 5 -> copy = joined(file, from, to, file.length);
      case 6 -> copy = joined(file, to, from, file.length);
      default ->
          System.arraycopy(
              file, random.nextInt(file.length - (to - from) + 1), copy, from, to - from);
    }
    return copy;
  }

  /** Returns the bytes up to one place, and those from another on: a part is missing, or twice. */
  private static byte[] joined(byte[] file, int until, int from, int end) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, until);
    out.write(file, from, end - from);
    return out.toByteArray();
  }
}
