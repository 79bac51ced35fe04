package org.cytobeam.io.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The cells of one CSV record as bytes, within limits; filled anew for each record. */
final class CsvRecord {

  private final TableLimits limits;
  private byte[] bytes = new byte[1024];
  private int[] ends = new int[64];
  private int length;
  private int cells;
  private long cellLength;
  private long line;
  private @Nullable String problem;

  CsvRecord(TableLimits limits) {
    this.limits = limits;
  }

  /** Forgets the record before. */
  void start(long atLine) {
    line = atLine;
    length = 0;
    cells = 0;
    cellLength = 0;
    problem = null;
  }

  void append(byte b) {
    if (++cellLength > limits.cellBytes()) {
      report("cell " + (cells + 1) + " is longer than " + limits.cellBytes() + " bytes");
    } else if (length == limits.rowBytes()) {
      report("the row is longer than " + limits.rowBytes() + " bytes");
    } else {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.min(2 * length, limits.rowBytes()));
      }
      bytes[length++] = b;
    }
  }

  void endCell() {
    if (cells == limits.columns()) {
      report("the row has more than " + cells + " cells");
    } else {
      if (cells == ends.length) {
        ends = Arrays.copyOf(ends, Math.min(2 * cells, limits.columns()));
      }
      ends[cells++] = length;
    }
    cellLength = 0;
  }

  /** Notes what is wrong with the record; the first fault stands. */
  void report(String fault) {
    if (problem == null) {
      problem = fault;
    }
  }

  long line() {
    return line;
  }

  int cells() {
    return cells;
  }

  @Nullable String problem() {
    return problem;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns where a cell starts in {@link #bytes()}. */
  int start(int cell) {
    return cell == 0 ? 0 : ends[cell - 1];
  }

  /** Returns where a cell ends in {@link #bytes()}. */
  int end(int cell) {
    return ends[cell];
  }
}
