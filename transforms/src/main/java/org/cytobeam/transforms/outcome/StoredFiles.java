package org.cytobeam.transforms.outcome;

import java.io.IOException;
import java.util.List;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Destination;

/** Files that a row says were written, held against what is there. */
final class StoredFiles {

  private StoredFiles() {}

  /** Returns whether there is at least one file, and all are there and are the ones written. */
  static boolean stand(Destination destination, List<StoredFile> files, Check check)
      throws IOException {
    for (StoredFile file : files) {
      if (!destination.has(file.getPath(), file.proof(), check)) {
        return false;
      }
    }
    return !files.isEmpty();
  }
}
