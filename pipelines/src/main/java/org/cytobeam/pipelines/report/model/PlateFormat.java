package org.cytobeam.pipelines.report.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** The standard microplates (ANSI SLAS 4), by the number of their wells. */
public enum PlateFormat {
  /** 2 by 3. */
  WELLS_6(2, 3),
  /** 3 by 4. */
  WELLS_12(3, 4),
  /** 4 by 6. */
  WELLS_24(4, 6),
  /** 6 by 8. */
  WELLS_48(6, 8),
  /** 8 by 12. */
  WELLS_96(8, 12),
  /** 16 by 24. */
  WELLS_384(16, 24),
  /** 32 by 48. */
  WELLS_1536(32, 48);

  private final int rows;
  private final int columns;

  PlateFormat(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /** Returns the smallest plate that has all of some wells; empty if none has. */
  public static Optional<PlateFormat> smallestWith(Collection<WellPosition> wells) {
    return Arrays.stream(values())
        .filter(format -> wells.stream().allMatch(format::has))
        .findFirst();
  }

  /** Returns whether the plate has a well. */
  public boolean has(WellPosition well) {
    return well.row() < rows && well.column() < columns;
  }

  /** Returns how many rows it has, lettered from A. */
  public int rows() {
    return rows;
  }

  /** Returns how many columns it has, numbered from 1. */
  public int columns() {
    return columns;
  }

  /** Returns how many wells it has. */
  public int wells() {
    return rows * columns;
  }
}
