package org.cytobeam.transforms.plate;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.cytobeam.io.table.TableLimits;
import org.cytobeam.io.table.TableRow;
import org.cytobeam.io.table.TableRows;
import org.cytobeam.io.table.Tables;
import org.cytobeam.transforms.s3.RefusedReads;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** The wanted rows of one load_data table or job file, in its order, and what was left out. */
public final class LoadDataTable implements Closeable {

  private final String address;
  private final TableRows rows;
  private final LoadDataLayout layout;
  private final PlateSelection selection;
  private long read;
  private long filtered;
  private long unwanted;

  private LoadDataTable(
      String address, TableRows rows, LoadDataLayout layout, PlateSelection selection) {
    this.address = address;
    this.rows = rows;
    this.layout = layout;
    this.selection = selection;
  }

  /**
   * Opens a table on any file system that Beam knows; all of them read from any place.
   *
   * @throws org.cytobeam.io.table.TableException if it is no table, or a needed column is missing
   * @throws IOException if it can't be read, or has gone; the message begins with its address
   */
  public static LoadDataTable open(ResourceId table, PlateSelection selection) throws IOException {
    try {
      return opened(table, selection);
    } catch (SdkException e) {
      throw RefusedReads.of(table.toString(), e);
    }
  }

  private static LoadDataTable opened(ResourceId table, PlateSelection selection)
      throws IOException {
    String address = table.toString();
    SeekableByteChannel channel = (SeekableByteChannel) FileSystems.open(table);
    TableRows rows = Tables.open(address, channel, TableLimits.standard(), LoadDataLayout::isKnown);
    try {
      LoadDataLayout layout =
          LoadDataLayout.of(
              address,
              rows.columns(),
              new SourceAddresses(address, selection.bucket()),
              selection.channels());
      return new LoadDataTable(address, rows, layout, selection);
    } catch (IOException | SdkException e) {
      rows.close();
      throw e;
    }
  }

  /**
   * Returns the next wanted row, or null after the last.
   *
   * @throws org.cytobeam.io.table.TableException if the table can't be read from here on
   * @throws IOException if it can't be reached any more; the message begins with its address
   */
  public @Nullable LoadDataRow next() throws IOException {
    try {
      return nextWanted();
    } catch (SdkException e) {
      throw RefusedReads.of(address, e);
    }
  }

  private @Nullable LoadDataRow nextWanted() throws IOException {
    for (TableRow row = rows.next(); row != null; row = rows.next()) {
      read++;
      Optional<LoadDataRow> kept = layout.row(row);
      if (kept.isEmpty()) {
        filtered++;
      } else if (selection.wants(kept.get())) {
        return kept.get();
      } else {
        unwanted++;
      }
    }
    return null;
  }

  /** Returns how many rows were read so far. */
  public long read() {
    return read;
  }

  /** Returns how many of them have a false {@code filter}. */
  public long filtered() {
    return filtered;
  }

  /** Returns how many of them are of wells or sites that are not wanted. */
  public long unwanted() {
    return unwanted;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
