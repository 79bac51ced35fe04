package org.cytobeam.testing.images;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes grey TIFF files of many flavours, sound and unsound, from rows of samples.
 *
 * <p>Unless told otherwise it writes a classic little-endian file: one uncompressed strip after its
 * directory. The byte order, the size of offsets and the place of directories are those of the
 * first page. The last byte of a file always belongs to something that a reader of the first page
 * needs, if there is only one page.
 */
public final class TiffBuilder {

  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int LONG8 = 16;

  private static final int WIDTH = 256;
  private static final int LENGTH = 257;
  private static final int BITS_PER_SAMPLE = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int STRIP_OFFSETS = 273;
  private static final int SAMPLES_PER_PIXEL = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_BYTE_COUNTS = 279;
  private static final int PREDICTOR = 317;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_LENGTH = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTE_COUNTS = 325;
  private static final int SUB_IFDS = 330;

  /** An entry as it will stand in the file; {@code value} is in the file's byte order. */
  private record Entry(int type, long count, byte[] value) {}

  private final int[][] rows;
  private final int bits;
  private final Map<Integer, Entry> extraEntries = new TreeMap<>();
  private final Map<Integer, long[]> extraNumbers = new TreeMap<>();
  private final Map<Integer, Integer> extraTypes = new TreeMap<>();
  private final Set<Integer> left = new TreeSet<>();
  private final Map<Integer, byte[]> givenBlocks = new TreeMap<>();
  private final List<TiffBuilder> furtherPages = new ArrayList<>();
  private final List<TiffBuilder> subImages = new ArrayList<>();
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private boolean big;
  private boolean tiled;
  private int blockWidth;
  private int blockHeight;
  private TiffCompression compression = TiffCompression.NONE;
  private boolean differenced;
  private boolean directoryLast;
  private boolean reversed;
  private boolean shared;
  private int loopTo = -1;

  private TiffBuilder(int[][] rows, int bits) {
    this.rows = rows;
    this.bits = bits;
    this.blockWidth = rows[0].length;
    this.blockHeight = rows.length;
  }

  /** Returns a builder for samples of 8 bits. */
  public static TiffBuilder uint8(int[][] rows) {
    return new TiffBuilder(rows, 8);
  }

  /** Returns a builder for samples of 16 bits. */
  public static TiffBuilder uint16(int[][] rows) {
    return new TiffBuilder(rows, 16);
  }

  /** Sets the byte order of everything in the file. */
  public TiffBuilder order(ByteOrder order) {
    this.order = order;
    return this;
  }

  /** Writes a BigTIFF if {@code big}. */
  public TiffBuilder big(boolean big) {
    this.big = big;
    return this;
  }

  /** Cuts the image into strips of so many rows. */
  public TiffBuilder strips(int rowsPerStrip) {
    this.tiled = false;
    this.blockWidth = rows[0].length;
    this.blockHeight = rowsPerStrip;
    return this;
  }

  /** Cuts the image into tiles; those at the edges are padded. */
  public TiffBuilder tiles(int width, int height) {
    this.tiled = true;
    this.blockWidth = width;
    this.blockHeight = height;
    return this;
  }

  /** Sets how strips or tiles are compressed. */
  public TiffBuilder compression(TiffCompression compression) {
    this.compression = compression;
    return this;
  }

  /** Stores differences between neighbours in a row (predictor 2) if {@code differenced}. */
  public TiffBuilder differenced(boolean differenced) {
    this.differenced = differenced;
    return this;
  }

  /** Puts the directories behind all pixels if {@code directoryLast}, else before them. */
  public TiffBuilder directoryLast(boolean directoryLast) {
    this.directoryLast = directoryLast;
    return this;
  }

  /** Puts the last strip or tile first in the file. */
  public TiffBuilder reversed(boolean reversed) {
    this.reversed = reversed;
    return this;
  }

  /** Writes strips or tiles of equal bytes only once, and lets all their offsets point there. */
  public TiffBuilder shared(boolean shared) {
    this.shared = shared;
    return this;
  }

  /** Leaves a tag out. */
  public TiffBuilder without(int tag) {
    left.add(tag);
    return this;
  }

  /** Adds or replaces a tag of whole numbers; {@code type} is its number in a file. */
  public TiffBuilder tag(int tag, int type, long... values) {
    extraTypes.put(tag, type);
    extraNumbers.put(tag, values);
    return this;
  }

  /** Adds or replaces a tag of text; a NUL is added. */
  public TiffBuilder text(int tag, String value) {
    byte[] bytes = (value + "\0").getBytes(StandardCharsets.UTF_8);
    return entry(tag, 2, bytes.length, bytes);
  }

  /** Adds or replaces an entry with any type, count and value or offset, which need not fit. */
  public TiffBuilder entry(int tag, int type, long count, byte[] value) {
    extraEntries.put(tag, new Entry(type, count, value));
    return this;
  }

  /** Stores given bytes as a strip or tile, whatever its pixels. */
  public TiffBuilder block(int index, byte[] stored) {
    givenBlocks.put(index, stored);
    return this;
  }

  /** Adds a page. */
  public TiffBuilder page(TiffBuilder page) {
    furtherPages.add(page);
    return this;
  }

  /** Adds an image that this page's SubIFDs names. */
  public TiffBuilder subImage(TiffBuilder image) {
    subImages.add(image);
    return this;
  }

  /** Lets the last page's directory point back to that of a page, counted from 0. */
  public TiffBuilder loopTo(int page) {
    this.loopTo = page;
    return this;
  }

  /** Returns the whole file. */
  public byte[] build() {
    return new Writer(this).write();
  }

  /** Returns the strips or tiles as they will stand in the file. */
  private List<byte[]> blocks(ByteOrder fileOrder) {
    List<byte[]> blocks = new ArrayList<>();
    for (int top = 0; top < rows.length; top += blockHeight) {
      for (int x = 0; x < rows[0].length; x += blockWidth) {
        byte[] given = givenBlocks.get(blocks.size());
        blocks.add(given != null ? given : compression.compress(block(x, top, fileOrder)));
      }
    }
    return blocks;
  }

  private byte[] block(int x, int top, ByteOrder fileOrder) {
    int height = tiled ? blockHeight : Math.min(blockHeight, rows.length - top);
    ByteBuffer block = ByteBuffer.allocate(blockWidth * height * bits / 8).order(fileOrder);
    for (int y = top; y < top + height; y++) {
      int before = 0;
      for (int i = x; i < x + blockWidth; i++) {
        int sample = y < rows.length && i < rows[0].length ? rows[y][i] : 0;
        put(block, differenced ? sample - before : sample);
        before = sample;
      }
    }
    return block.array();
  }

  private void put(ByteBuffer block, int sample) {
    if (bits == 8) {
      block.put((byte) sample);
    } else {
      block.putShort((short) sample);
    }
  }

  /** Returns the entries of this page, given where its strips or tiles and sub-images lie. */
  private Map<Integer, Entry> entries(
      long[] offsets, long[] counts, long[] subDirectories, Writer writer) {
    int offsetType = writer.big ? LONG8 : LONG;
    Map<Integer, Entry> entries = new TreeMap<>();
    entries.put(WIDTH, writer.numbers(LONG, rows[0].length));
    entries.put(LENGTH, writer.numbers(LONG, rows.length));
    entries.put(BITS_PER_SAMPLE, writer.numbers(SHORT, bits));
    entries.put(COMPRESSION, writer.numbers(SHORT, compression.code()));
    entries.put(PHOTOMETRIC, writer.numbers(SHORT, 1));
    entries.put(SAMPLES_PER_PIXEL, writer.numbers(SHORT, 1));
    if (tiled) {
      entries.put(TILE_WIDTH, writer.numbers(LONG, blockWidth));
      entries.put(TILE_LENGTH, writer.numbers(LONG, blockHeight));
    } else {
      entries.put(ROWS_PER_STRIP, writer.numbers(LONG, blockHeight));
    }
    entries.put(tiled ? TILE_OFFSETS : STRIP_OFFSETS, writer.numbers(offsetType, offsets));
    entries.put(tiled ? TILE_BYTE_COUNTS : STRIP_BYTE_COUNTS, writer.numbers(LONG, counts));
    if (differenced) {
      entries.put(PREDICTOR, writer.numbers(SHORT, 2));
    }
    if (subDirectories.length > 0) {
      entries.put(SUB_IFDS, writer.numbers(offsetType, subDirectories));
    }
    extraNumbers.forEach(
        (tag, values) ->
            entries.put(tag, writer.numbers(extraTypes.getOrDefault(tag, LONG), values)));
    entries.putAll(extraEntries);
    entries.keySet().removeAll(left);
    return entries;
  }

  /** Lays out one file and writes it. */
  private static final class Writer {

    private final boolean big;
    private final ByteOrder order;
    private final TiffBuilder first;
    private final List<TiffBuilder> images = new ArrayList<>();
    private final List<List<byte[]>> blocks = new ArrayList<>();
    private final List<long[]> offsets = new ArrayList<>();
    private final long[] directories;
    private long end;

    Writer(TiffBuilder first) {
      this.first = first;
      this.big = first.big;
      this.order = first.order;
      images.add(first);
      images.addAll(first.furtherPages);
      images.addAll(first.subImages);
      for (TiffBuilder image : images) {
        blocks.add(image.blocks(order));
        offsets.add(new long[blocks.get(blocks.size() - 1).size()]);
      }
      directories = new long[images.size()];
    }

    byte[] write() {
      end = big ? 16 : 8;
      if (first.directoryLast) {
        placeBlocks();
        placeDirectories();
      } else {
        placeDirectories();
        placeBlocks();
      }
      ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(end)).order(order);
      writeHeader(file);
      for (int i = 0; i < images.size(); i++) {
        writeBlocks(file, i);
        writeDirectory(file, i);
      }
      return file.array();
    }

    private void placeBlocks() {
      for (int i = 0; i < images.size(); i++) {
        List<byte[]> stored = blocks.get(i);
        for (int n = 0; n < stored.size(); n++) {
          int block = images.get(i).reversed ? stored.size() - 1 - n : n;
          int same = images.get(i).shared ? indexOf(stored, stored.get(block)) : block;
          if (same < block) {
            offsets.get(i)[block] = offsets.get(i)[same];
          } else {
            offsets.get(i)[block] = end;
            end += stored.get(block).length;
          }
        }
      }
    }

    private static int indexOf(List<byte[]> stored, byte[] block) {
      int i = 0;
      while (!Arrays.equals(stored.get(i), block)) {
        i++;
      }
      return i;
    }

    private void placeDirectories() {
      for (int i = 0; i < images.size(); i++) {
        end += end % 2;
        directories[i] = end;
        end += directory(i).length;
      }
    }

    private void writeHeader(ByteBuffer file) {
      file.put(0, (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M'));
      file.put(1, file.get(0));
      file.putShort(2, (short) (big ? 43 : 42));
      if (big) {
        file.putShort(4, (short) 8);
        file.putLong(8, directories[0]);
      } else {
        file.putInt(4, (int) directories[0]);
      }
    }

    private void writeBlocks(ByteBuffer file, int image) {
      for (int n = 0; n < blocks.get(image).size(); n++) {
        file.put((int) offsets.get(image)[n], blocks.get(image).get(n));
      }
    }

    private void writeDirectory(ByteBuffer file, int image) {
      file.put((int) directories[image], directory(image));
    }

    /** Returns a directory, its entries' values that do not fit into them, and a pointer last. */
    private byte[] directory(int image) {
      Map<Integer, Entry> entries = entries(image);
      int room = big ? 8 : 4;
      int tableBytes = (big ? 8 : 2) + entries.size() * (big ? 20 : 12) + room;
      ByteBuffer table = ByteBuffer.allocate(tableBytes).order(order);
      ByteArrayOutputStream values = new ByteArrayOutputStream();
      if (big) {
        table.putLong(entries.size());
      } else {
        table.putShort((short) entries.size());
      }
      entries.forEach(
          (tag, entry) -> {
            table.putShort(tag.shortValue()).putShort((short) entry.type);
            putWord(table, entry.count);
            if (entry.value.length <= room) {
              table.put(Arrays.copyOf(entry.value, room));
            } else {
              putWord(table, directories[image] + tableBytes + values.size());
              values.writeBytes(entry.value);
            }
          });
      putWord(table, next(image));
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(table.array());
      all.writeBytes(values.toByteArray());
      return all.toByteArray();
    }

    private Map<Integer, Entry> entries(int image) {
      long[] counts = blocks.get(image).stream().mapToLong(block -> block.length).toArray();
      int pages = 1 + first.furtherPages.size();
      long[] subDirectories =
          image == 0 ? Arrays.copyOfRange(directories, pages, directories.length) : new long[0];
      return images.get(image).entries(offsets.get(image), counts, subDirectories, this);
    }

    private long next(int image) {
      int lastPage = first.furtherPages.size();
      if (image < lastPage) {
        return directories[image + 1];
      }
      return image == lastPage && first.loopTo >= 0 ? directories[first.loopTo] : 0;
    }

    private void putWord(ByteBuffer table, long value) {
      if (big) {
        table.putLong(value);
      } else {
        table.putInt((int) value);
      }
    }

    private Entry numbers(int type, long... values) {
      int bytes =
          switch (type) {
            case 1, 2, 6, 7 -> 1;
            case 3, 8 -> 2;
            case 16, 17, 18 -> 8;
            default -> 4;
          };
      ByteBuffer buffer = ByteBuffer.allocate(bytes * values.length).order(order);
      for (long value : values) {
        switch (bytes) {
          case 1 -> buffer.put((byte) value);
          case 2 -> buffer.putShort((short) value);
          case 4 -> buffer.putInt((int) value);
          default -> buffer.putLong(value);
        }
      }
      return new Entry(type, values.length, buffer.array());
    }
  }
}
