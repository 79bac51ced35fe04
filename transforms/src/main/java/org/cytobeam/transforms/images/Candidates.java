package org.cytobeam.transforms.images;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.cytobeam.io.s3.KeyOrder;
import org.cytobeam.io.s3.ListedObject;
import org.jspecify.annotations.Nullable;

/**
 * The objects that fit a name equally well: how many, and as many of them as are needed, sorted by
 * key. A name may fit every object of a bucket.
 */
final class Candidates {

  private static final Comparator<ListedObject> BY_KEY =
      Comparator.comparing(ListedObject::key, KeyOrder.UTF_8);

  private final int most;
  private final TreeSet<ListedObject> first = new TreeSet<>(BY_KEY);
  private @Nullable ListedObject newest;
  private long count;

  /** Creates an empty set that keeps so many of the first. */
  Candidates(int most) {
    this.most = most;
  }

  /** Adds an object. */
  void add(ListedObject object) {
    count++;
    first.add(object);
    if (first.size() > most) {
      first.pollLast();
    }
    if (newest == null || isNewer(object, newest)) {
      newest = object;
    }
  }

  private static boolean isNewer(ListedObject object, ListedObject than) {
    return object.modified() == than.modified()
        ? BY_KEY.compare(object, than) < 0
        : object.modified() > than.modified();
  }

  /** Returns how many there are. */
  long count() {
    return count;
  }

  /** Returns those that were kept, sorted by key. */
  Collection<ListedObject> first() {
    return List.copyOf(first);
  }

  /** Returns the one that was put last; of several such, the first. */
  ListedObject newest() {
    if (newest == null) {
      throw new IllegalStateException("there is no candidate");
    }
    return newest;
  }
}
