package org.cytobeam.io.table;

/**
 * How much a reader holds for one table, whatever the table claims about itself.
 *
 * @param cellBytes the longest cell, in bytes; a longer one is a problem of its row
 * @param rowBytes the longest CSV row, in bytes; a longer one is a problem of that row
 * @param columns the most columns a table may have
 * @param rows the most rows a table may have
 * @param pageBytes the longest Parquet page before and after decompression, in bytes
 * @param footerBytes the longest Parquet footer, in bytes
 */
public record TableLimits(
    int cellBytes, int rowBytes, int columns, long rows, int pageBytes, int footerBytes) {

  private static final TableLimits STANDARD =
      new TableLimits(64 << 10, 8 << 20, 10_000, 100_000_000, 64 << 20, 16 << 20);

  /** Refuses limits below 1. */
  public TableLimits {
    if (Math.min(Math.min(cellBytes, rowBytes), columns) < 1
        || Math.min(Math.min(pageBytes, footerBytes), rows) < 1) {
      throw new IllegalArgumentException("each limit must be at least 1");
    }
  }

  /**
   * Returns cells up to 64 KiB, CSV rows up to 8 MiB, 10,000 columns, 100 million rows, Parquet
   * pages up to 64 MiB (64 times what writers aim at) and footers up to 16 MiB.
   */
  public static TableLimits standard() {
    return STANDARD;
  }
}
