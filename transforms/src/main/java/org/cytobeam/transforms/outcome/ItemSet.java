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
    return new ItemSet(ids.stream().mapToLong(ItemSet::digest).sorted().distinct().toArray());
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
