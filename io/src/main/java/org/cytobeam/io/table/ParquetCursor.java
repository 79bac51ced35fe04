package org.cytobeam.io.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.cytobeam.io.bytes.ByteRanges;
import org.jspecify.annotations.Nullable;

/** Walks through the rows of a Parquet file, one page of each column in memory. */
final class ParquetCursor implements Closeable {

  /** Switches off the decoders' work-arounds for faults of certain writers' delta encodings. */
  private static final @Nullable ParsedVersion ANY_WRITER = null;

  private static final int MAGIC = 4;
  private static final int FETCHED = 64 << 20;
  private static final int SMALLEST_STRIDE = 64 << 10;
  private static final int LARGEST_STRIDE = 1 << 20;

  private final String name;
  private final ByteRanges file;
  private final TableLimits limits;
  private final ParquetFooter footer;
  private final List<ParquetColumn> columns;
  private final CellDecoder[] decoders;
  private final @Nullable Object[] cells;
  private List<ColumnReader> readers = List.of();
  private int nextGroup;
  private long leftInGroup;
  private long row;
  private @Nullable String problem;
  private @Nullable IOException fault;

  /** Creates a cursor before the first row; it owns the file. */
  ParquetCursor(
      String name,
      ByteRanges file,
      TableLimits limits,
      ParquetFooter footer,
      List<ParquetColumn> columns,
      List<CellDecoder> decoders) {
    this.name = name;
    this.file = file;
    this.limits = limits;
    this.footer = footer;
    this.columns = columns;
    this.decoders = decoders.toArray(CellDecoder[]::new);
    this.cells = new @Nullable Object[decoders.size()];
  }

  /** Goes to the next row and decodes it; returns false after the last. */
  boolean next() throws IOException {
    if (fault != null) {
      throw fault;
    }
    try {
      return advance();
    } catch (UncheckedIOException e) {
      throw fail(Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw fail(e);
    } catch (RuntimeException e) {
      throw fail(new ParquetFault("its pages are damaged", e));
    }
  }

  /** Keeps what ended the table, since the columns may stand at different rows now. */
  private IOException fail(IOException cause) {
    String where = row == 0 ? "" : "at row " + row + ": ";
    fault = cause instanceof ParquetFault damage ? damage.of(name, where) : cause;
    return fault;
  }

  private boolean advance() throws IOException {
    while (leftInGroup == 0) {
      if (nextGroup == footer.metadata().getRow_groupsSize()) {
        return false;
      }
      open(footer.metadata().getRow_groups().get(nextGroup++));
    }
    row++;
    decode();
    leftInGroup--;
    return true;
  }

  private void open(RowGroup group) throws IOException {
    leftInGroup = group.getNum_rows();
    readers = List.of();
    if (leftInGroup > 0) {
      List<ColumnReader> opened = new ArrayList<>();
      for (ParquetColumn column : columns) {
        opened.add(reader(group, column));
      }
      readers = opened;
    }
  }

  private ColumnReader reader(RowGroup group, ParquetColumn column) throws IOException {
    ColumnMetaData chunk = chunk(group, column);
    long start = chunk.getData_page_offset();
    if (chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0) {
      start = Math.min(start, chunk.getDictionary_page_offset());
    }
    long length = chunk.getTotal_compressed_size();
    if (start < MAGIC || length <= 0 || length > footer.start() - start) {
      throw new ParquetFault("column " + column.name() + " lies outside the file");
    }
    ChunkBytes bytes = new ChunkBytes(file, start, length, stride());
    return new ColumnReaderImpl(
        column.descriptor(),
        new ChunkPages(bytes, column, chunk, limits),
        new PrimitiveConverter() {},
        ANY_WRITER);
  }

  /**
   * Returns the bytes to fetch at once for a column: few requests, and few bytes for many columns.
   */
  private int stride() {
    return Math.max(SMALLEST_STRIDE, Math.min(LARGEST_STRIDE, FETCHED / columns.size()));
  }

  private static ColumnMetaData chunk(RowGroup group, ParquetColumn column) throws ParquetFault {
    ColumnChunk chunk =
        column.chunk() < group.getColumnsSize() ? group.getColumns().get(column.chunk()) : null;
    ColumnMetaData metadata = chunk == null ? null : chunk.getMeta_data();
    if (chunk == null || metadata == null || chunk.isSetFile_path()) {
      throw new ParquetFault("column " + column.name() + " is encrypted or lies elsewhere");
    }
    if (metadata.getType() != column.element().getType()
        || metadata.getNum_values() != group.getNum_rows()) {
      throw new ParquetFault("column " + column.name() + " is not what the footer says it is");
    }
    if (metadata.getCodec() == null || !PageCodec.canUnpack(metadata.getCodec())) {
      throw new ParquetFault(
          "column "
              + column.name()
              + " is packed with "
              + metadata.getCodec()
              + ", which can't be read; write it with snappy, zstd, gzip or none");
    }
    return metadata;
  }

  private void decode() {
    problem = null;
    for (int i = 0; i < cells.length; i++) {
      ColumnReader reader = readers.get(i);
      cells[i] = null;
      if (reader.getCurrentDefinitionLevel()
          == columns.get(i).descriptor().getMaxDefinitionLevel()) {
        try {
          cells[i] = decoders[i].decode(reader);
        } catch (CellDecoder.CellException e) {
          problem = "column " + columns.get(i).name() + " " + e.getMessage();
        }
      }
      reader.consume();
    }
  }

  /** Returns the number of the row, from 1. */
  long row() {
    return row;
  }

  /** Returns the decoded cells, one a column; the next row overwrites them. */
  @Nullable Object[] cells() {
    return cells;
  }

  /** Returns what is wrong with a cell of the row, or null. */
  @Nullable String problem() {
    return problem;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
