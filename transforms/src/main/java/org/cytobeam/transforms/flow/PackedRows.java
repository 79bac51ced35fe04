package org.cytobeam.transforms.flow;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.jspecify.annotations.Nullable;

/**
 * Many small rows as one element, coded one after the other.
 *
 * <p>The direct runner copies a splittable element, by its coder, each time it yields, and what a
 * group has gathered with each bundle that adds to it. Coded rows are copied as one array.
 */
public final class PackedRows {

  private final int[] ends;
  private final byte[] coded;

  private PackedRows(int[] ends, byte[] coded) {
    this.ends = ends;
    this.coded = coded;
  }

  /** Returns the number of rows. */
  public int size() {
    return ends.length;
  }

  /** Returns the row at an index from 0, by the coder that coded it. */
  public <T> T get(int index, Coder<T> coder) throws IOException {
    int start = index == 0 ? 0 : ends[index - 1];
    return coder.decode(new ByteArrayInputStream(coded, start, ends[index] - start));
  }

  /** Returns the rows, each decoded when it is asked for. */
  public <T> Stream<T> decoded(Coder<T> coder) {
    return IntStream.range(0, size()).mapToObj(i -> getUnchecked(i, coder));
  }

  private <T> T getUnchecked(int index, Coder<T> coder) {
    try {
      return get(index, coder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a single row. */
  static <T> PackedRows of(T row, Coder<T> coder) throws IOException {
    Builder<T> one = new Builder<>(coder);
    one.add(row);
    return one.build();
  }

  /** Returns the rows of several, in their order. */
  static PackedRows concat(Iterable<PackedRows> parts) {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    IntStream.Builder ends = IntStream.builder();
    for (PackedRows part : parts) {
      int start = coded.size();
      coded.write(part.coded, 0, part.coded.length);
      for (int end : part.ends) {
        ends.add(start + end);
      }
    }
    return new PackedRows(ends.build().toArray(), coded.toByteArray());
  }

  /** Codes rows in the order in which they are added. */
  static final class Builder<T> {
    private final Coder<T> coder;
    private final ByteArrayOutputStream coded = new ByteArrayOutputStream();
    private int[] ends = new int[64];
    private int size;

    Builder(Coder<T> coder) {
      this.coder = coder;
    }

    void add(T row) throws IOException {
      coder.encode(row, coded);
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, size * 2);
      }
      ends[size++] = coded.size();
    }

    PackedRows build() {
      return new PackedRows(Arrays.copyOf(ends, size), coded.toByteArray());
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PackedRows rows
        && Arrays.equals(ends, rows.ends)
        && Arrays.equals(coded, rows.coded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(coded);
  }

  /** Returns the coder of packed rows, which copies the coded rows as they are. */
  public static Coder<PackedRows> coder() {
    return new PackedCoder();
  }

  private static final class PackedCoder extends AtomicCoder<PackedRows> {

    private static final long serialVersionUID = 1L;

    @Override
    public void encode(PackedRows value, OutputStream out) throws IOException {
      DataOutputStream data = new DataOutputStream(out);
      data.writeInt(value.ends.length);
      ByteBuffer ends = ByteBuffer.allocate(value.ends.length * Integer.BYTES);
      ends.asIntBuffer().put(value.ends);
      data.write(ends.array());
      data.write(value.coded);
    }

    @Override
    public PackedRows decode(InputStream in) throws IOException {
      DataInputStream data = new DataInputStream(in);
      int[] ends = new int[data.readInt()];
      byte[] codedEnds = new byte[ends.length * Integer.BYTES];
      data.readFully(codedEnds);
      ByteBuffer.wrap(codedEnds).asIntBuffer().get(ends);
      byte[] coded = new byte[ends.length == 0 ? 0 : ends[ends.length - 1]];
      data.readFully(coded);
      return new PackedRows(ends, coded);
    }
  }
}
