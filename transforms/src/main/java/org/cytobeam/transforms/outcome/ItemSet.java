package org.cytobeam.transforms.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;

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
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(sha256.digest(id.getBytes(UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
