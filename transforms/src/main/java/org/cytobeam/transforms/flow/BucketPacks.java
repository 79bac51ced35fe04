package org.cytobeam.transforms.flow;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.values.KV;

/**
 * Packs rows by the bucket that they go to, so that a bundle of many thousands of rows becomes some
 * hundreds of elements to shuffle. Holds about 16 kB a bucket. For use by one thread.
 *
 * @param <T> a small row
 */
public final class BucketPacks<T> {

  private final Coder<T> coder;
  private final Map<Integer, PackedRows.Builder<T>> open = new HashMap<>();

  /** Creates packs without rows. */
  public BucketPacks(Coder<T> coder) {
    this.coder = coder;
  }

  /** Returns the coder of the elements. */
  public static KvCoder<Integer, PackedRows> elementCoder() {
    return KvCoder.of(VarIntCoder.of(), PackedRows.coder());
  }

  /** Adds a row; returns the pack of its bucket if that is full now. */
  public Optional<KV<Integer, PackedRows>> add(int bucket, T row) throws IOException {
    PackedRows.Builder<T> rows = open.computeIfAbsent(bucket, b -> PackedRows.builder(coder));
    rows.add(row);
    if (!rows.isFull()) {
      return Optional.empty();
    }
    open.remove(bucket);
    return Optional.of(KV.of(bucket, rows.build()));
  }

  /** Takes out the packs that are not full, sorted by bucket. */
  public Iterable<KV<Integer, PackedRows>> rest() {
    Map<Integer, KV<Integer, PackedRows>> rest = new TreeMap<>();
    open.forEach((bucket, rows) -> rest.put(bucket, KV.of(bucket, rows.build())));
    open.clear();
    return rest.values();
  }
}
