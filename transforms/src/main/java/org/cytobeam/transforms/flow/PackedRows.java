package org.cytobeam.transforms.flow;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.util.VarInt;
import org.jspecify.annotations.Nullable;

/**
 * Many small rows as one element: coded one after the other, in blocks that are deflated.
 *
 * <p>The direct runner copies a splittable element, by its coder, each time it yields, and what a
 * group has gathered with each bundle that adds to it. Rows of a table are much alike: deflated
 * they are a small part of their length, and copying them is copying a few arrays.
 */
public final class PackedRows {

  /** How many bytes of coded rows a block has, about: some dozens of rows. */
  static final int BLOCK_BYTES = 1 << 14;

  /** Shorter blocks stay as they are: a single row has little to gain. */
  private static final int LEAST_DEFLATED = 1 << 11;

  private final List<Block> blocks;
  private final int size;

  private PackedRows(List<Block> blocks) {
    this.blocks = blocks;
    this.size = blocks.stream().mapToInt(Block::rows).sum();
  }

  /** Returns the number of rows. */
  public int size() {
    return size;
  }

  /** Returns the rows, each decoded when it is asked for, by the coder that coded them. */
  public <T> Stream<T> decoded(Coder<T> coder) {
    return StreamSupport.stream(
        Spliterators.spliterator(from(0, coder), size, Spliterator.ORDERED), false);
  }

  /** Returns the rows from an index on, each decoded when it is asked for. */
  <T> Iterator<T> from(int index, Coder<T> coder) {
    int rowsBefore = 0;
    int block = 0;
    while (block < blocks.size() && rowsBefore + blocks.get(block).rows() <= index) {
      rowsBefore += blocks.get(block++).rows();
    }
    return new Rows<>(blocks.subList(block, blocks.size()), index - rowsBefore, coder);
  }

  /** Returns a single row. */
  static <T> PackedRows of(T row, Coder<T> coder) throws IOException {
    Builder<T> one = new Builder<>(coder);
    one.add(row);
    return one.build();
  }

  /** Returns a builder of rows that a coder codes. */
  public static <T> Builder<T> builder(Coder<T> coder) {
    return new Builder<>(coder);
  }

  /** Returns the rows of several, in their order. */
  public static PackedRows concat(Iterable<PackedRows> parts) {
    Blocks blocks = new Blocks();
    for (PackedRows part : parts) {
      part.blocks.forEach(blocks::add);
    }
    return blocks.build();
  }

  /**
   * Some rows.
   *
   * @param rows how many
   * @param length how many bytes they have, each preceded by its own length
   * @param bytes these bytes, deflated if they are fewer so
   */
  private record Block(int rows, int length, byte[] bytes) {

    static Block of(int rows, byte[] coded) {
      if (coded.length < LEAST_DEFLATED) {
        return new Block(rows, coded.length, coded);
      }
      Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
      try {
        deflater.setInput(coded);
        deflater.finish();
        byte[] deflated = new byte[coded.length];
        int length = deflater.deflate(deflated);
        return length < coded.length
            ? new Block(rows, coded.length, Arrays.copyOf(deflated, length))
            : new Block(rows, coded.length, coded);
      } finally {
        deflater.end();
      }
    }

    byte[] coded() {
      if (bytes.length == length) {
        return bytes;
      }
      Inflater inflater = new Inflater(true);
      try {
        inflater.setInput(bytes);
        byte[] coded = new byte[length];
        if (inflater.inflate(coded) < length) {
          throw new IllegalStateException("a block of packed rows ends early");
        }
        return coded;
      } catch (DataFormatException e) {
        throw new IllegalStateException("a block of packed rows is damaged", e);
      } finally {
        inflater.end();
      }
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Block block
          && rows == block.rows
          && length == block.length
          && Arrays.equals(bytes, block.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  /** Gathers coded rows until they fill a block. */
  private static final class Blocks {
    private final List<Block> full = new ArrayList<>();
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private int openRows;

    void add(byte[] row, int length) throws IOException {
      VarInt.encode(length, open);
      open.write(row, 0, length);
      openRows++;
      closeIfFull();
    }

    /** Adds the rows of a block: together with others if it is a short one. */
    void add(Block block) {
      if (block.length() >= BLOCK_BYTES) {
        close();
        full.add(block);
      } else {
        open.writeBytes(block.coded());
        openRows += block.rows();
        closeIfFull();
      }
    }

    boolean hasFull() {
      return !full.isEmpty();
    }

    private void closeIfFull() {
      if (open.size() >= BLOCK_BYTES) {
        close();
      }
    }

    private void close() {
      if (openRows > 0) {
        full.add(Block.of(openRows, open.toByteArray()));
        open.reset();
        openRows = 0;
      }
    }

    PackedRows build() {
      close();
      return new PackedRows(List.copyOf(full));
    }
  }

  /**
   * Codes rows in the order in which they are added.
   *
   * @param <T> a small row
   */
  public static final class Builder<T> {
    private final Coder<T> coder;
    private final Blocks blocks = new Blocks();
    private final ByteArrayOutputStream row = new ByteArrayOutputStream();

    Builder(Coder<T> coder) {
      this.coder = coder;
    }

    /** Adds a row. */
    public void add(T value) throws IOException {
      row.reset();
      coder.encode(value, row);
      blocks.add(row.toByteArray(), row.size());
    }

    /** Returns whether the rows fill a block, so that more of them make no better element. */
    public boolean isFull() {
      return blocks.hasFull();
    }

    /** Returns the rows; none can be added after that. */
    public PackedRows build() {
      return blocks.build();
    }
  }

  private static final class Rows<T> implements Iterator<T> {
    private final Iterator<Block> blocks;
    private final Coder<T> coder;
    private ByteArrayInputStream coded = new ByteArrayInputStream(new byte[0]);

    Rows(List<Block> blocks, int skipped, Coder<T> coder) {
      this.blocks = blocks.iterator();
      this.coder = coder;
      for (int i = 0; i < skipped && hasNext(); i++) {
        coded.skip(length());
      }
    }

    @Override
    public boolean hasNext() {
      while (coded.available() == 0 && blocks.hasNext()) {
        coded = new ByteArrayInputStream(blocks.next().coded());
      }
      return coded.available() > 0;
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no more rows");
      }
      try {
        return coder.decode(new ByteArrayInputStream(coded.readNBytes(length())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private int length() {
      try {
        return VarInt.decodeInt(coded);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PackedRows rows && blocks.equals(rows.blocks);
  }

  @Override
  public int hashCode() {
    return blocks.hashCode();
  }

  /** Returns the coder of packed rows, which copies the blocks as they are. */
  public static Coder<PackedRows> coder() {
    return new PackedCoder();
  }

  private static final class PackedCoder extends AtomicCoder<PackedRows> {

    private static final long serialVersionUID = 1L;

    @Override
    public void encode(PackedRows value, OutputStream out) throws IOException {
      DataOutputStream data = new DataOutputStream(out);
      VarInt.encode(value.blocks.size(), data);
      for (Block block : value.blocks) {
        VarInt.encode(block.rows(), data);
        VarInt.encode(block.length(), data);
        VarInt.encode(block.bytes().length, data);
        data.write(block.bytes());
      }
    }

    @Override
    public PackedRows decode(InputStream in) throws IOException {
      DataInputStream data = new DataInputStream(in);
      Block[] blocks = new Block[VarInt.decodeInt(data)];
      for (int i = 0; i < blocks.length; i++) {
        int rows = VarInt.decodeInt(data);
        int length = VarInt.decodeInt(data);
        byte[] bytes = new byte[VarInt.decodeInt(data)];
        data.readFully(bytes);
        blocks[i] = new Block(rows, length, bytes);
      }
      return new PackedRows(List.of(blocks));
    }
  }
}
