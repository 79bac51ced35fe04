package org.cytobeam.transforms.plate;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.cytobeam.transforms.outcome.Outcome;

/**
 * The images that tables name, each once, in the order of the tables and their rows: what the graph
 * makes of them, without a graph. Holds an id an image while it reads.
 */
public final class PlateItems {

  /** What is done with each image. */
  @FunctionalInterface
  public interface Visitor {

    /**
     * Takes an image, pending, or failed where its row is no good.
     *
     * @return whether to go on
     */
    boolean visit(Outcome image) throws IOException;
  }

  private PlateItems() {}

  /**
   * Reads the tables and hands their images over.
   *
   * @param tables addresses, as {@link org.cytobeam.transforms.table.InputTables} gives them
   */
  public static void forEach(List<String> tables, PlateSelection selection, Visitor visitor)
      throws IOException {
    Set<String> seen = new HashSet<>();
    for (String address : tables) {
      try (LoadDataTable table =
          LoadDataTable.open(FileSystems.matchNewResource(address, false), selection)) {
        for (LoadDataRow row = table.next(); row != null; row = table.next()) {
          for (Outcome image : PlateImages.of(row, selection.channels())) {
            if (seen.add(image.getItem().getId()) && !visitor.visit(image)) {
              return;
            }
          }
        }
      }
    }
  }
}
