package org.cytobeam.transforms.outcome;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.function.Consumer;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.table.TableException;

/** The rows of the manifest of an output folder, one after the other. */
public final class ManifestRows {

  private ManifestRows() {}

  /**
   * Gives all rows away, sorted by id; what the journal has that no run has merged yet is not among
   * them. No row is kept: the memory needed does not grow with their number.
   *
   * @return whether there is a manifest
   * @throws DamagedManifestException if it can't be read
   */
  public static boolean read(Destination destination, Consumer<ManifestRow> rows)
      throws IOException {
    String name = destination.address(RunFolder.MANIFEST);
    Optional<FileChannel> copy = LocalCopy.of(destination, RunFolder.MANIFEST);
    if (copy.isEmpty()) {
      return false;
    }
    try (FileChannel local = copy.get()) {
      ManifestTable.read(name, local, rows);
      return true;
    } catch (TableException e) {
      throw new DamagedManifestException(name, e);
    }
  }
}
