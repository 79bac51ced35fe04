package org.cytobeam.transforms.outcome;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import org.cytobeam.io.bytes.Hash;

/**
 * Some items of a run, by their ids: 8 bytes each, so that a graph can carry a million of them.
 *
 * <p>An item is known by 64 bits of the SHA-256 of its id. That another item of a run is taken for
 * one of the set is as likely as 1 in 2<sup>64</sup> for each pair of them.
 */
public final class ItemSet implements Serializable {

  private static final long serialVersionUID = 1L;

  private final long[] digests;

  private ItemSet(long[] digests) {
    this.digests = digests;
  }

  /** Returns the set of items with these ids. */
  public static ItemSet of(Collection<String> ids) {
    Builder items = builder();
    ids.forEach(items::add);
    return items.build();
  }

  /** Returns a builder of a set whose ids come one by one, and need not be kept. */
  public static Builder builder() {
    return new Builder();
  }

  /** Gathers the items of a set. For use by one thread. */
  public static final class Builder {

    private static final int FIRST_SIZE = 1_024;

    private long[] digests = new long[FIRST_SIZE];
    private int count;

    private Builder() {}

    /** Adds the item with an id, if it isn't there yet. */
    public void add(String id) {
      if (count == digests.length) {
        digests = Arrays.copyOf(digests, 2 * count);
      }
      digests[count++] = digest(id);
    }

    /** Returns the set. */
    public ItemSet build() {
      return new ItemSet(Arrays.stream(digests, 0, count).sorted().distinct().toArray());
    }
  }

  /** Returns whether the item with an id is in the set. */
  public boolean contains(String id) {
    return Arrays.binarySearch(digests, digest(id)) >= 0;
  }

  /** Returns how many items there are. */
  public int size() {
    return digests.length;
  }

  private static long digest(String id) {
    return ByteBuffer.wrap(Hash.SHA256.of(id)).getLong();
  }
}
