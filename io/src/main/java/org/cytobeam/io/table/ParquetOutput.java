package org.cytobeam.io.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.impl.ColumnWriteStoreV1;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one Parquet file to a stream, a row group at a time. */
final class ParquetOutput {

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** Not the library's name: readers look for its old faults in files that bear it. */
  private static final String CREATED_BY = "cytobeam version 1";

  private static final long GROUP_BYTES = 8 << 20;
  private static final int ROWS_BETWEEN_SIZE_CHECKS = 64;

  private final OutputStream out;
  private final List<Column> columns;
  private final MessageType schema;
  private final List<RowGroup> groups = new ArrayList<>();
  private List<ChunkBuffer> chunks = List.of();
  private List<ColumnWriter> writers = List.of();
  private @Nullable ColumnWriteStoreV1 store;
  private long written;
  private long rowsInGroup;
  private long rows;

  ParquetOutput(OutputStream out, List<Column> columns) throws IOException {
    this.out = out;
    this.columns = columns;
    Types.MessageTypeBuilder message = Types.buildMessage();
    for (Column column : columns) {
      message.addField(Types.optional(physicalName(column)).named(column.name()));
    }
    this.schema = message.named("schema");
    out.write(MAGIC);
    written = MAGIC.length;
  }

  private static PrimitiveTypeName physicalName(Column column) {
    return switch (column.type()) {
      case STRING -> PrimitiveTypeName.BINARY;
      case INT64 -> PrimitiveTypeName.INT64;
      case DOUBLE -> PrimitiveTypeName.DOUBLE;
      case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
    };
  }

  private static Type physical(Column column) {
    return switch (column.type()) {
      case STRING -> Type.BYTE_ARRAY;
      case INT64 -> Type.INT64;
      case DOUBLE -> Type.DOUBLE;
      case BOOLEAN -> Type.BOOLEAN;
    };
  }

  /** Adds a row that fits the columns. */
  void add(List<? extends @Nullable Object> row) throws IOException {
    ColumnWriteStoreV1 open = store == null ? openGroup() : store;
    for (int i = 0; i < writers.size(); i++) {
      write(writers.get(i), row.get(i));
    }
    open.endRecord();
    rows++;
    rowsInGroup++;
    if (rowsInGroup % ROWS_BETWEEN_SIZE_CHECKS == 0 && open.getBufferedSize() >= GROUP_BYTES) {
      closeGroup(open);
    }
  }

  private static void write(ColumnWriter writer, @Nullable Object value) {
    if (value == null) {
      writer.writeNull(0, 0);
    } else if (value instanceof String text) {
      writer.write(Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8)), 0, 1);
    } else if (value instanceof Long number) {
      writer.write((long) number, 0, 1);
    } else if (value instanceof Double number) {
      writer.write((double) number, 0, 1);
    } else if (value instanceof Boolean truth) {
      writer.write((boolean) truth, 0, 1);
    }
  }

  private ColumnWriteStoreV1 openGroup() {
    Map<String, ChunkBuffer> buffers = new HashMap<>();
    ColumnWriteStoreV1 opened =
        new ColumnWriteStoreV1(
            schema,
            descriptor ->
                buffers.computeIfAbsent(descriptor.getPath()[0], name -> new ChunkBuffer()),
            ParquetProperties.builder().withStatisticsEnabled(false).build());
    chunks = new ArrayList<>();
    writers = new ArrayList<>();
    for (ColumnDescriptor descriptor : schema.getColumns()) {
      writers.add(opened.getColumnWriter(descriptor));
      chunks.add(buffers.computeIfAbsent(descriptor.getPath()[0], name -> new ChunkBuffer()));
    }
    rowsInGroup = 0;
    store = opened;
    return opened;
  }

  private void closeGroup(ColumnWriteStoreV1 open) throws IOException {
    open.flush();
    open.close();
    store = null;
    RowGroup group = new RowGroup(new ArrayList<>(), 0, rowsInGroup);
    long start = written;
    for (int i = 0; i < chunks.size(); i++) {
      Column column = columns.get(i);
      ColumnMetaData metadata =
          chunks.get(i).writeTo(out, written, column.name(), physical(column));
      group.addToColumns(new ColumnChunk(written).setMeta_data(metadata));
      group.setTotal_byte_size(group.getTotal_byte_size() + metadata.getTotal_uncompressed_size());
      written += metadata.getTotal_compressed_size();
    }
    group.setFile_offset(start);
    group.setTotal_compressed_size(written - start);
    groups.add(group);
  }

  /** Writes what is left and the footer; nothing can be added then. */
  void finish(Map<String, String> properties) throws IOException {
    if (store != null) {
      closeGroup(store);
    }
    FileMetaData metadata = new FileMetaData(1, elements(), rows, groups);
    metadata.setCreated_by(CREATED_BY);
    new TreeMap<>(properties)
        .forEach(
            (key, value) -> metadata.addToKey_value_metadata(new KeyValue(key).setValue(value)));
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    Util.writeFileMetaData(metadata, footer);
    footer.writeTo(out);
    out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.size()).array());
    out.write(MAGIC);
    out.flush();
  }

  private List<SchemaElement> elements() {
    List<SchemaElement> elements = new ArrayList<>();
    elements.add(new SchemaElement("schema").setNum_children(columns.size()));
    for (Column column : columns) {
      SchemaElement element =
          new SchemaElement(column.name())
              .setType(physical(column))
              .setRepetition_type(FieldRepetitionType.OPTIONAL);
      if (column.type() == Column.Type.STRING) {
        element.setConverted_type(ConvertedType.UTF8);
        element.setLogicalType(LogicalType.STRING(new StringType()));
      }
      elements.add(element);
    }
    return elements;
  }
}
