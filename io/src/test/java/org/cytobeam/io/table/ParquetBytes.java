package org.cytobeam.io.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/** Builds Parquet files of one row group, byte by byte, so that anything in them can be wrong. */
final class ParquetBytes {

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<SchemaElement> schema = new ArrayList<>();
  private final List<ColumnChunk> chunks = new ArrayList<>();
  private final long rows;
  private int topLevel;
  private int chunkStart = MAGIC.length;

  ParquetBytes(long rows) {
    this.rows = rows;
    out.writeBytes(MAGIC);
    schema.add(new SchemaElement("schema"));
  }

  static SchemaElement required(String name, Type type) {
    return new SchemaElement(name).setType(type).setRepetition_type(FieldRepetitionType.REQUIRED);
  }

  /** Adds an element of the schema; those below it follow. */
  ParquetBytes element(SchemaElement element, boolean isTopLevel) {
    schema.add(element);
    topLevel += isTopLevel ? 1 : 0;
    return this;
  }

  ParquetBytes page(PageHeader header, byte[] body) throws IOException {
    Util.writePageHeader(header, out);
    out.writeBytes(body);
    return this;
  }

  static PageHeader v1(Encoding encoding, int values, byte[] body, int unpacked) {
    return new PageHeader(PageType.DATA_PAGE, unpacked, body.length)
        .setData_page_header(new DataPageHeader(values, encoding, Encoding.RLE, Encoding.RLE));
  }

  static PageHeader v2(Encoding encoding, int values, int levels, byte[] body, int unpacked) {
    return new PageHeader(PageType.DATA_PAGE_V2, unpacked, body.length)
        .setData_page_header_v2(new DataPageHeaderV2(values, 0, values, encoding, levels, 0));
  }

  static PageHeader dictionary(int values, byte[] body) {
    return new PageHeader(PageType.DICTIONARY_PAGE, body.length, body.length)
        .setDictionary_page_header(new DictionaryPageHeader(values, Encoding.PLAIN));
  }

  /** Ends the chunk of the pages added since the last one. */
  ParquetBytes chunk(Type type, CompressionCodec codec) {
    return chunk(type, codec, rows);
  }

  ParquetBytes chunk(Type type, CompressionCodec codec, long values) {
    long length = (long) out.size() - chunkStart;
    ColumnMetaData metadata =
        new ColumnMetaData(
            type, List.of(), List.of("x"), codec, values, length, length, chunkStart);
    chunks.add(new ColumnChunk(chunkStart).setMeta_data(metadata));
    chunkStart = out.size();
    return this;
  }

  byte[] bytes() throws IOException {
    schema.get(0).setNum_children(topLevel);
    List<RowGroup> groups = List.of(new RowGroup(chunks, 0, rows));
    return bytes(new FileMetaData(1, schema, rows, groups));
  }

  byte[] bytes(FileMetaData metadata) throws IOException {
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    Util.writeFileMetaData(metadata, footer);
    return bytes(footer.toByteArray());
  }

  byte[] bytes(byte[] footer) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(out.toByteArray());
    file.writeBytes(footer);
    file.writeBytes(littleEndian(footer.length));
    file.writeBytes(MAGIC);
    return file.toByteArray();
  }

  static byte[] littleEndian(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  static byte[] texts(String... texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes(littleEndian(utf8.length));
      bytes.writeBytes(utf8);
    }
    return bytes.toByteArray();
  }
}
