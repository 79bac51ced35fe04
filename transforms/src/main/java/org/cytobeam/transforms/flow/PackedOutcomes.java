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
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;

/**
 * The rows of one lane, coded one after the other.
 *
 * <p>The direct runner copies a splittable element, by its coder, each time it yields. Coded rows
 * are copied as one array, so that a lane of thousands of rows costs no more than a few hand-outs.
 */
final class PackedOutcomes {

  private final int[] ends;
  private final byte[] coded;

  private PackedOutcomes(int[] ends, byte[] coded) {
    this.ends = ends;
    this.coded = coded;
  }

  /** Returns the number of rows. */
  int size() {
    return ends.length;
  }

  /** Returns the row at an index from 0. */
  Outcome get(int index) throws IOException {
    int start = index == 0 ? 0 : ends[index - 1];
    return OutcomeCoder.of().decode(new ByteArrayInputStream(coded, start, ends[index] - start));
  }

  /** Codes rows in the order in which they are added. */
  static final class Builder {
    private final ByteArrayOutputStream coded = new ByteArrayOutputStream();
    private int[] ends = new int[64];
    private int size;

    void add(Outcome row) throws IOException {
      OutcomeCoder.of().encode(row, coded);
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, size * 2);
      }
      ends[size++] = coded.size();
    }

    PackedOutcomes build() {
      return new PackedOutcomes(Arrays.copyOf(ends, size), coded.toByteArray());
    }
  }

  /** Codes the lengths and the coded rows as they are. */
  static final class PackedCoder extends AtomicCoder<PackedOutcomes> {

    private static final long serialVersionUID = 1L;

    @Override
    public void encode(PackedOutcomes value, OutputStream out) throws IOException {
      DataOutputStream data = new DataOutputStream(out);
      data.writeInt(value.ends.length);
      for (int end : value.ends) {
        data.writeInt(end);
      }
      data.write(value.coded);
    }

    @Override
    public PackedOutcomes decode(InputStream in) throws IOException {
      DataInputStream data = new DataInputStream(in);
      int[] ends = new int[data.readInt()];
      for (int i = 0; i < ends.length; i++) {
        ends[i] = data.readInt();
      }
      byte[] coded = new byte[ends.length == 0 ? 0 : ends[ends.length - 1]];
      data.readFully(coded);
      return new PackedOutcomes(ends, coded);
    }
  }
}
