package org.cytobeam.transforms.images;

import java.util.List;
import java.util.TreeMap;
import org.cytobeam.io.s3.KeyOrder;

/**
 * A sample of different names, each as likely as any other however often it stands there, and the
 * same whatever the order; and how many different ones there are.
 *
 * <p>Kept are the names with the smallest hashes. Of more than are kept the number follows from how
 * close these lie together (Bar-Yossef and others, 2002, "Counting distinct elements in a data
 * stream"): with 4,096 of them it is off by 1.6 % (one standard deviation).
 */
final class NameSample {

  private static final double HASHES = 0x1p64;

  private final int most;
  private final TreeMap<Long, String> byHash = new TreeMap<>(Long::compareUnsigned);

  /** Creates a sample of so many names at most. */
  NameSample(int most) {
    this.most = most;
  }

  /** Takes a name into account. */
  void add(String name) {
    long hash = TextHash.of(name);
    if (byHash.size() < most || Long.compareUnsigned(hash, byHash.lastKey()) < 0) {
      byHash.put(hash, name);
      if (byHash.size() > most) {
        byHash.pollLastEntry();
      }
    }
  }

  /** Returns about how many different names there were; exact if all were kept. */
  long distinct() {
    if (byHash.size() < most) {
      return byHash.size();
    }
    double last = byHash.lastKey();
    double unsigned = last < 0 ? last + HASHES : last;
    return Math.max(most, Math.round((most - 1) / (unsigned / HASHES)));
  }

  /** Returns the names, sorted as S3 sorts keys. */
  List<String> sorted() {
    return byHash.values().stream().sorted(KeyOrder.UTF_8).toList();
  }
}
