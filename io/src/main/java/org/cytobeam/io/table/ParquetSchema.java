package org.cytobeam.io.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** Finds the columns that are asked for in a Parquet file's schema, a tree written in preorder. */
final class ParquetSchema {

  private final List<SchemaElement> elements;
  private final Predicate<String> wanted;
  private final List<ParquetColumn> columns = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private int next = 1;
  private int leaves;

  private ParquetSchema(List<SchemaElement> elements, Predicate<String> wanted) {
    this.elements = elements;
    this.wanted = wanted;
  }

  /**
   * Returns the wanted columns in the file's order.
   *
   * @throws ParquetFault if the schema contradicts itself, has a name twice or more columns than
   *     the limit, or if a wanted column is nested
   */
  static List<ParquetColumn> columns(
      ParquetFooter footer, TableLimits limits, Predicate<String> wanted) throws ParquetFault {
    List<SchemaElement> elements = footer.metadata().getSchema();
    if (elements.size() < 2) {
      throw new ParquetFault("the table has no columns");
    }
    if (elements.size() - 1 > limits.columns()) {
      throw new ParquetFault("the table has more than " + limits.columns() + " columns");
    }
    ParquetSchema schema = new ParquetSchema(elements, wanted);
    schema.collect(elements.get(0).getNum_children());
    return List.copyOf(schema.columns);
  }

  private void collect(int children) throws ParquetFault {
    for (int i = 0; i < children; i++) {
      if (next >= elements.size()) {
        throw contradiction();
      }
      SchemaElement element = elements.get(next);
      if (!names.add(element.getName())) {
        throw new ParquetFault("two columns are named " + element.getName());
      }
      boolean flat = isFlat(element);
      int chunk = leaves;
      skip();
      if (!element.getName().isEmpty() && wanted.test(element.getName())) {
        if (!flat) {
          throw new ParquetFault(
              "column " + element.getName() + " is nested; write it as one value a row");
        }
        columns.add(column(element, chunk));
      }
    }
    if (next != elements.size()) {
      throw contradiction();
    }
  }

  private static boolean isFlat(SchemaElement element) {
    return element.isSetType() && element.getRepetition_type() != FieldRepetitionType.REPEATED;
  }

  /** Passes over an element and everything below it; without recursion, for it may be deep. */
  private void skip() throws ParquetFault {
    long open = 1;
    while (open > 0) {
      if (next >= elements.size()) {
        throw contradiction();
      }
      SchemaElement element = elements.get(next++);
      int children = element.isSetNum_children() ? element.getNum_children() : 0;
      if (children < 0 || (children > 0 && element.isSetType())) {
        throw contradiction();
      }
      leaves += element.isSetType() ? 1 : 0;
      open += children - 1;
    }
  }

  private static ParquetColumn column(SchemaElement element, int chunk) throws ParquetFault {
    if (element.getType() == Type.FIXED_LEN_BYTE_ARRAY && element.getType_length() <= 0) {
      throw contradiction();
    }
    boolean optional = element.getRepetition_type() != FieldRepetitionType.REQUIRED;
    PrimitiveTypeName physical =
        element.getType() == Type.BYTE_ARRAY
            ? PrimitiveTypeName.BINARY
            : PrimitiveTypeName.valueOf(element.getType().name());
    PrimitiveType type =
        (optional ? Types.optional(physical) : Types.required(physical))
            .length(element.getType_length())
            .named(element.getName());
    ColumnDescriptor descriptor =
        new ColumnDescriptor(new String[] {element.getName()}, type, 0, optional ? 1 : 0);
    return new ParquetColumn(element.getName(), chunk, element, descriptor);
  }

  private static ParquetFault contradiction() {
    return new ParquetFault("its schema is damaged");
  }
}
