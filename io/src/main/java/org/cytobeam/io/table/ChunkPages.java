package org.cytobeam.io.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one column chunk, each fetched, proved by its checksum where it has one, unpacked
 * and checked when it is asked for.
 *
 * <p>Its methods throw {@link UncheckedIOException}, as {@link PageReader} allows no other.
 */
final class ChunkPages implements PageReader {

  private final ChunkBytes bytes;
  private final ParquetColumn column;
  private final ColumnMetaData chunk;
  private final TableLimits limits;
  private long valuesLeft;
  private @Nullable PageHeader peeked;

  ChunkPages(ChunkBytes bytes, ParquetColumn column, ColumnMetaData chunk, TableLimits limits) {
    this.bytes = bytes;
    this.column = column;
    this.chunk = chunk;
    this.limits = limits;
    this.valuesLeft = chunk.getNum_values();
  }

  @Override
  public long getTotalValueCount() {
    return chunk.getNum_values();
  }

  @Override
  public @Nullable DictionaryPage readDictionaryPage() {
    try {
      PageHeader header = bytes.left() == 0 ? null : bytes.header();
      if (header != null && header.getType() == PageType.DICTIONARY_PAGE) {
        return dictionary(header);
      }
      peeked = header;
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(named(e));
    }
  }

  @Override
  public DataPage readPage() {
    try {
      while (true) {
        PageHeader header = peeked == null ? nextHeader() : peeked;
        peeked = null;
        DataPage page = page(header);
        if (page != null) {
          return page;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(named(e));
    }
  }

  private PageHeader nextHeader() throws IOException {
    if (bytes.left() == 0) {
      throw new ParquetFault(valuesLeft + " of its values are missing");
    }
    return bytes.header();
  }

  /** Returns the page of a header, or null if it has no values or is of a kind to pass over. */
  private @Nullable DataPage page(PageHeader header) throws IOException {
    checkSizes(header);
    if (header.getType() == PageType.INDEX_PAGE) {
      bytes.skip(header.getCompressed_page_size());
      return null;
    }
    if (header.getType() == PageType.DATA_PAGE && header.isSetData_page_header()) {
      return pageV1(header, header.getData_page_header());
    }
    if (header.getType() == PageType.DATA_PAGE_V2 && header.isSetData_page_header_v2()) {
      return pageV2(header, header.getData_page_header_v2());
    }
    throw new ParquetFault("a page is out of place");
  }

  private DictionaryPage dictionary(PageHeader header) throws IOException {
    checkSizes(header);
    DictionaryPageHeader dictionary = header.getDictionary_page_header();
    byte[] packed = body(header);
    byte[] values = unpack(packed, 0, header.getUncompressed_page_size());
    int count = dictionary == null ? -1 : dictionary.getNum_values();
    if (count < 0 || count > values.length / smallestValue()) {
      throw new ParquetFault("its dictionary claims " + count + " values");
    }
    return new DictionaryPage(BytesInput.from(values), count, Encoding.PLAIN);
  }

  /** Returns the fewest bytes that a value of the column takes in a dictionary. */
  private int smallestValue() {
    return switch (chunk.getType()) {
      case INT64, DOUBLE -> 8;
      case INT96 -> 12;
      case FIXED_LEN_BYTE_ARRAY -> column.element().getType_length();
      default -> 4;
    };
  }

  private @Nullable DataPage pageV1(PageHeader header, DataPageHeader page) throws IOException {
    int count = take(page.getNum_values());
    byte[] packed = body(header);
    if (count == 0) {
      return null;
    }
    byte[] values = unpack(packed, 0, header.getUncompressed_page_size());
    Encoding levels = encoding(page.getDefinition_level_encoding());
    Encoding encoding = encoding(page.getEncoding());
    boolean leveled = column.descriptor().getMaxDefinitionLevel() > 0;
    if (leveled && levels != Encoding.RLE) {
      throw new ParquetFault("levels encoded as " + levels + " can't be read");
    }
    int start = leveled ? PageCheck.levelsWithLength(values, 0) : 0;
    PageCheck.values(encoding, chunk.getType(), values, start, count);
    return new DataPageV1(
        BytesInput.from(values),
        count,
        values.length,
        none(),
        Encoding.RLE,
        Encoding.RLE,
        encoding);
  }

  private @Nullable DataPage pageV2(PageHeader header, DataPageHeaderV2 page) throws IOException {
    int count = take(page.getNum_values());
    byte[] packed = body(header);
    int levels = page.getDefinition_levels_byte_length();
    if (page.getRepetition_levels_byte_length() != 0
        || levels < 0
        || levels > Math.min(packed.length, header.getUncompressed_page_size())) {
      throw new ParquetFault("the levels of a page are damaged");
    }
    if (count == 0) {
      return null;
    }
    int size = header.getUncompressed_page_size() - levels;
    byte[] values =
        page.isIs_compressed() && size > 0
            ? unpack(packed, levels, size)
            : Arrays.copyOfRange(packed, levels, packed.length);
    Encoding encoding = encoding(page.getEncoding());
    if (column.descriptor().getMaxDefinitionLevel() > 0) {
      PageCheck.levels(packed, 0, levels);
    }
    PageCheck.values(encoding, chunk.getType(), values, 0, count);
    return DataPageV2.uncompressed(
        count,
        page.getNum_nulls(),
        count,
        BytesInput.empty(),
        BytesInput.from(packed, 0, levels),
        encoding,
        BytesInput.from(values),
        none());
  }

  private IOException named(IOException e) {
    return e instanceof ParquetFault fault ? fault.in("column " + column.name()) : e;
  }

  /** Counts the values of a page off those that the chunk must have. */
  private int take(int count) throws ParquetFault {
    if (count < 0 || count > valuesLeft) {
      throw new ParquetFault("a page claims " + count + " of " + valuesLeft + " values left");
    }
    valuesLeft -= count;
    return count;
  }

  private void checkSizes(PageHeader header) throws ParquetFault {
    int packed = header.getCompressed_page_size();
    int unpacked = header.getUncompressed_page_size();
    if (packed < 0 || unpacked < 0 || packed > bytes.left()) {
      throw new ParquetFault("the size of a page is damaged");
    }
    if (Math.max(packed, unpacked) > limits.pageBytes()) {
      throw new ParquetFault(
          "a page of "
              + Math.max(packed, unpacked)
              + " bytes is over the limit of "
              + limits.pageBytes());
    }
  }

  private byte[] body(PageHeader header) throws IOException {
    byte[] body = bytes.read(header.getCompressed_page_size());
    if (header.isSetCrc()) {
      CRC32 crc = new CRC32();
      crc.update(body);
      if ((int) crc.getValue() != header.getCrc()) {
        throw new ParquetFault("a page does not match its checksum");
      }
    }
    return body;
  }

  private byte[] unpack(byte[] packed, int from, int size) throws ParquetFault {
    return PageCodec.unpack(chunk.getCodec(), packed, from, packed.length - from, size);
  }

  private static Encoding encoding(org.apache.parquet.format.@Nullable Encoding encoding)
      throws ParquetFault {
    if (encoding == null) {
      throw new ParquetFault("the encoding of a page is unknown");
    }
    return Encoding.valueOf(encoding.name());
  }

  private Statistics<?> none() {
    return Statistics.createStats(column.descriptor().getPrimitiveType());
  }
}
