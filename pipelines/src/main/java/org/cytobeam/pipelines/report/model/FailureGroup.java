package org.cytobeam.pipelines.report.model;

import java.util.List;
import org.cytobeam.transforms.outcome.FailureClass;

/**
 * The failures of a class.
 *
 * @param count how many there are
 * @param rows the first of them, by id
 */
public record FailureGroup(FailureClass failureClass, long count, List<FailureRow> rows) {

  /**
   * A failure.
   *
   * @param object the address of what was to be read; empty if the row names none
   * @param found what was there instead
   * @param item the id of the item
   * @param input the row of the table
   */
  public record FailureRow(String object, String found, String item, String input) {}
}
