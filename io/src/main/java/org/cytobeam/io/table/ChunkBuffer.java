package org.cytobeam.io.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/** Gathers the packed pages of one column until its row group is written. */
final class ChunkBuffer implements PageWriter {

  private final ByteArrayOutputStream dictionary = new ByteArrayOutputStream();
  private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
  private final Set<org.apache.parquet.format.Encoding> encodings =
      EnumSet.noneOf(org.apache.parquet.format.Encoding.class);
  private long values;
  private long unpackedBytes;

  @Override
  public void writePage(
      BytesInput bytes,
      int valueCount,
      int rowCount,
      Statistics<?> statistics,
      SizeStatistics sizes,
      GeospatialStatistics geometries,
      Encoding repetitionLevels,
      Encoding definitionLevels,
      Encoding encoding)
      throws IOException {
    writePage(bytes, valueCount, statistics, repetitionLevels, definitionLevels, encoding);
  }

  @Override
  public void writePage(
      BytesInput bytes,
      int valueCount,
      int rowCount,
      Statistics<?> statistics,
      Encoding repetitionLevels,
      Encoding definitionLevels,
      Encoding encoding)
      throws IOException {
    writePage(bytes, valueCount, statistics, repetitionLevels, definitionLevels, encoding);
  }

  @Override
  public void writePage(
      BytesInput bytes,
      int valueCount,
      Statistics<?> statistics,
      Encoding repetitionLevels,
      Encoding definitionLevels,
      Encoding encoding)
      throws IOException {
    byte[] unpacked = bytes.toByteArray();
    byte[] packed = PageCodec.snappy(unpacked);
    PageHeader header = header(PageType.DATA_PAGE, unpacked, packed);
    header.setData_page_header(
        new DataPageHeader(
            valueCount, format(encoding), format(definitionLevels), format(repetitionLevels)));
    append(pages, header, packed, unpacked.length);
    values += valueCount;
  }

  @Override
  public void writePageV2(
      int rowCount,
      int nullCount,
      int valueCount,
      BytesInput repetitionLevels,
      BytesInput definitionLevels,
      Encoding encoding,
      BytesInput data,
      Statistics<?> statistics) {
    throw new UnsupportedOperationException("pages are written in version 1, which all can read");
  }

  @Override
  public void writeDictionaryPage(DictionaryPage page) throws IOException {
    byte[] unpacked = page.getBytes().toByteArray();
    byte[] packed = PageCodec.snappy(unpacked);
    PageHeader header = header(PageType.DICTIONARY_PAGE, unpacked, packed);
    header.setDictionary_page_header(
        new DictionaryPageHeader(page.getDictionarySize(), format(page.getEncoding())));
    append(dictionary, header, packed, unpacked.length);
  }

  private static PageHeader header(PageType type, byte[] unpacked, byte[] packed) {
    CRC32 crc = new CRC32();
    crc.update(packed);
    return new PageHeader(type, unpacked.length, packed.length).setCrc((int) crc.getValue());
  }

  private void append(
      ByteArrayOutputStream out, PageHeader header, byte[] packed, int unpackedLength)
      throws IOException {
    int before = out.size();
    Util.writePageHeader(header, out);
    unpackedBytes += out.size() - before + unpackedLength;
    out.writeBytes(packed);
  }

  private org.apache.parquet.format.Encoding format(Encoding encoding) {
    org.apache.parquet.format.Encoding format =
        org.apache.parquet.format.Encoding.valueOf(encoding.name());
    encodings.add(format);
    return format;
  }

  /** Writes the chunk at the place where the file is and returns its description. */
  ColumnMetaData writeTo(OutputStream out, long offset, String name, Type type) throws IOException {
    dictionary.writeTo(out);
    pages.writeTo(out);
    ColumnMetaData metadata =
        new ColumnMetaData(
            type,
            List.copyOf(encodings),
            List.of(name),
            CompressionCodec.SNAPPY,
            values,
            unpackedBytes,
            (long) dictionary.size() + pages.size(),
            offset + dictionary.size());
    if (dictionary.size() > 0) {
      metadata.setDictionary_page_offset(offset);
    }
    return metadata;
  }

  @Override
  public long getMemSize() {
    return (long) dictionary.size() + pages.size();
  }

  @Override
  public long allocatedSize() {
    return getMemSize();
  }

  @Override
  public String memUsageString(String prefix) {
    return prefix + " " + getMemSize() + " bytes";
  }
}
