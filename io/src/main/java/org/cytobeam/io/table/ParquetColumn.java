package org.cytobeam.io.table;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.SchemaElement;

/**
 * A flat column of a Parquet file: at most one value a row.
 *
 * @param name its name
 * @param chunk its place among the column chunks of each row group
 * @param element how the file describes it
 * @param descriptor its physical type, for the decoders
 */
record ParquetColumn(String name, int chunk, SchemaElement element, ColumnDescriptor descriptor) {}
