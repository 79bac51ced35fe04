package org.cytobeam.transforms.images;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.jspecify.annotations.Nullable;

/**
 * Tells of most keys that no name of a table means them, so that they need not be compared: 64 bits
 * for the {@linkplain NameBuckets#token token} of each name, 8 MB for a million names.
 *
 * <p>Whatever it lets pass is compared in full; that it lets a needless key pass does no harm.
 */
final class NameFilter {

  /** The filter of no names. */
  static final NameFilter EMPTY = new NameFilter(new long[0]);

  private final long[] hashes;

  private NameFilter(long[] sorted) {
    this.hashes = sorted;
  }

  /** Returns the filter of all names of several. */
  static NameFilter union(Iterable<NameFilter> filters) {
    Builder all = new Builder();
    for (NameFilter filter : filters) {
      all.add(filter.hashes, filter.hashes.length);
    }
    return all.build();
  }

  /** Returns whether a name may have a token. */
  boolean mayHave(String token) {
    return Arrays.binarySearch(hashes, TextHash.of(token)) >= 0;
  }

  /** Gathers names. */
  static final class Builder {
    private long[] gathered = new long[1 << 10];
    private int size;

    /** Adds a name. */
    void add(String name) {
      add(new long[] {TextHash.of(NameBuckets.token(name))}, 1);
    }

    private void add(long[] more, int count) {
      if (size + count > gathered.length) {
        compact();
        gathered = Arrays.copyOf(gathered, Math.max(2 * size, size + count));
      }
      System.arraycopy(more, 0, gathered, size, count);
      size += count;
    }

    private void compact() {
      Arrays.sort(gathered, 0, size);
      int distinct = 0;
      for (int i = 0; i < size; i++) {
        if (distinct == 0 || gathered[i] != gathered[distinct - 1]) {
          gathered[distinct++] = gathered[i];
        }
      }
      size = distinct;
    }

    NameFilter build() {
      compact();
      return new NameFilter(Arrays.copyOf(gathered, size));
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NameFilter filter && Arrays.equals(hashes, filter.hashes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hashes);
  }

  /** Codes filters. */
  static final class FilterCoder extends AtomicCoder<NameFilter> {

    private static final long serialVersionUID = 1L;

    @Override
    public void encode(NameFilter filter, OutputStream out) throws IOException {
      DataOutputStream data = new DataOutputStream(out);
      data.writeInt(filter.hashes.length);
      for (long hash : filter.hashes) {
        data.writeLong(hash);
      }
    }

    @Override
    public NameFilter decode(InputStream in) throws IOException {
      DataInputStream data = new DataInputStream(in);
      long[] hashes = new long[data.readInt()];
      for (int i = 0; i < hashes.length; i++) {
        hashes[i] = data.readLong();
      }
      return new NameFilter(hashes);
    }
  }
}
