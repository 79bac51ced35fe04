package org.cytobeam.io.table;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.cytobeam.io.bytes.ByteRanges;

/**
 * What a Parquet file says about itself at its end.
 *
 * @param metadata the schema and where each column chunk lies; nothing in it is checked but its
 *     structure and its row counts
 * @param start where the footer starts and the data must have ended
 */
record ParquetFooter(FileMetaData metadata, long start) {

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL = 4 + MAGIC.length;

  static ParquetFooter read(ByteRanges file, TableLimits limits) throws IOException {
    long size = file.size();
    if (size < MAGIC.length + TAIL) {
      throw new ParquetFault("it is no Parquet file or one cut short");
    }
    byte[] tail = file.read(size - TAIL, TAIL);
    if (!Arrays.equals(tail, 4, TAIL, MAGIC, 0, MAGIC.length)) {
      throw new ParquetFault("it is no Parquet file or one cut short: it has no footer");
    }
    int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (length <= 0 || length > size - MAGIC.length - TAIL) {
      throw new ParquetFault("its footer claims " + length + " of the file's " + size + " bytes");
    }
    if (length > limits.footerBytes()) {
      throw new ParquetFault(
          "its footer of " + length + " bytes is over the limit of " + limits.footerBytes());
    }
    long start = size - TAIL - length;
    FileMetaData metadata = parse(file.read(start, length));
    checkRows(metadata, limits);
    return new ParquetFooter(metadata, start);
  }

  private static FileMetaData parse(byte[] footer) throws IOException {
    try {
      int end = CompactThrift.end(footer, 0, footer.length);
      return Util.readFileMetaData(new ByteArrayInputStream(footer, 0, end));
    } catch (ParquetFault e) {
      throw e;
    } catch (EOFException e) {
      throw new ParquetFault("its footer is damaged", e);
    } catch (IOException | RuntimeException e) {
      throw new ParquetFault("its footer can't be read", e);
    }
  }

  private static void checkRows(FileMetaData metadata, TableLimits limits) throws ParquetFault {
    long rows = 0;
    for (RowGroup group : metadata.getRow_groups()) {
      if (group.getNum_rows() < 0) {
        throw new ParquetFault("its footer claims a negative number of rows");
      }
      if (group.getNum_rows() > limits.rows() - rows) {
        throw new ParquetFault("the table has more than " + limits.rows() + " rows");
      }
      rows += group.getNum_rows();
    }
    if (rows != metadata.getNum_rows()) {
      throw new ParquetFault(
          "its footer claims " + metadata.getNum_rows() + " rows, its row groups " + rows);
    }
  }

  /** Returns the texts that the writer put beside the table. */
  Map<String, String> properties() {
    if (!metadata.isSetKey_value_metadata()) {
      return Map.of();
    }
    Map<String, String> properties = new HashMap<>();
    for (KeyValue entry : metadata.getKey_value_metadata()) {
      if (entry.getValue() != null) {
        properties.put(entry.getKey(), entry.getValue());
      }
    }
    return Collections.unmodifiableMap(properties);
  }
}
