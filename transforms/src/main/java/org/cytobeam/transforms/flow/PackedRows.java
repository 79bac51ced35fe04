package org.cytobeam.transforms.flow;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;

/**
 * The rows of one lane, coded one after the other.
 *
 * <p>The direct runner copies a splittable element, by its coder, each time it yields. Coded rows
 * are copied as one array, so that a lane of thousands of rows costs no more than a few hand-outs.
 */
final class PackedRows {

  private final int[] ends;
  private final byte[] coded;

  private PackedRows(int[] ends, byte[] coded) {
    this.ends = ends;
    this.coded = coded;
  }

  /** Returns the number of rows. */
  int size() {
    return ends.length;
  }

  /** Returns the row at an index from 0, by the coder that coded it. */
  <T> T get(int index, Coder<T> coder) throws IOException {
    int start = index == 0 ? 0 : ends[index - 1];
    return coder.decode(new ByteArrayInputStream(coded, start, ends[index] - start));
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

  /** Codes the lengths and the coded rows as they are. */
  static final class PackedCoder extends AtomicCoder<PackedRows> {

    private static final long serialVersionUID = 1L;

    @Override
    public void encode(PackedRows value, OutputStream out) throws IOException {
      DataOutputStream data = new DataOutputStream(out);
      data.writeInt(value.ends.length);
      for (int end : value.ends) {
        data.writeInt(end);
      }
      data.write(value.coded);
    }

    @Override
    public PackedRows decode(InputStream in) throws IOException {
      DataInputStream data = new DataInputStream(in);
      int[] ends = new int[data.readInt()];
      for (int i = 0; i < ends.length; i++) {
        ends[i] = data.readInt();
      }
      byte[] coded = new byte[ends.length == 0 ? 0 : ends[ends.length - 1]];
      data.readFully(coded);
      return new PackedRows(ends, coded);
    }
  }
}
