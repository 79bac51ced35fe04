package org.cytobeam.transforms.outcome;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.function.Consumer;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.table.CsvTable;
import org.cytobeam.io.table.TableLimits;
import org.cytobeam.io.table.TableRow;
import org.cytobeam.io.table.TableRows;
import org.cytobeam.io.table.Tables;

/** The warnings of an output folder, one after the other. */
public final class WarningRows {

  private WarningRows() {}

  /**
   * Gives all warnings away, in the order of their table; none if there is no table.
   *
   * @throws org.cytobeam.io.table.TableException if the table can't be read
   */
  public static void read(Destination destination, Consumer<Warning> warnings) throws IOException {
    String name = destination.address(RunFolder.WARNINGS);
    Optional<FileChannel> copy = LocalCopy.of(destination, RunFolder.WARNINGS);
    if (copy.isEmpty()) {
      return;
    }
    try (TableRows rows = Tables.open(name, copy.get(), TableLimits.standard())) {
      for (TableRow row = rows.next(); row != null; row = rows.next()) {
        warnings.accept(Warning.of(cell(row, "kind"), cell(row, "subject"), cell(row, "message")));
      }
    }
  }

  private static String cell(TableRow row, String column) {
    return CsvTable.unquoteFormula(row.get(column).orElse(""));
  }
}
