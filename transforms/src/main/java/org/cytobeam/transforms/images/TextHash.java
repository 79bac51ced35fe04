package org.cytobeam.transforms.images;

/** 64 bits that stand for a text, the same on every machine: FNV-1a, then the mixer of murmur3. */
final class TextHash {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private TextHash() {}

  /** Returns the hash of a text. */
  static long of(String text) {
    long hash = OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  /** Returns one of some buckets for a text. */
  static int bucket(String text, int buckets) {
    return (int) Long.remainderUnsigned(of(text), buckets);
  }
}
