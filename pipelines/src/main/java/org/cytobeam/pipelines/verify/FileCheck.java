package org.cytobeam.pipelines.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.OptionalLong;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationException;
import org.cytobeam.io.destination.Proof;
import org.cytobeam.transforms.outcome.StoredFile;

/**
 * Holds a file against what was written down of it.
 *
 * @param destination the output folder
 * @param check by what
 */
record FileCheck(Destination destination, Check check) {

  /**
   * Returns what is wrong with a file; empty if nothing is.
   *
   * @throws IOException if no file of the folder can be looked at
   */
  Optional<Finding> finding(StoredFile file) throws IOException {
    String path = file.getPath();
    Proof expected = file.proof();
    try {
      OptionalLong size = destination.size(path);
      if (size.isEmpty()) {
        return Optional.of(Finding.missing(path, expected));
      } else if (size.getAsLong() != expected.size()) {
        return Optional.of(Finding.changed(path, expected, new Proof(size.getAsLong(), "")));
      }
      return check == Check.SIZE ? Optional.empty() : hashed(path, expected);
    } catch (NoSuchFileException e) {
      return Optional.of(Finding.missing(path, expected));
    } catch (DestinationException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of(Finding.unreadable(path, expected, String.valueOf(e.getMessage())));
    }
  }

  private Optional<Finding> hashed(String path, Proof expected) throws IOException {
    try (InputStream in = destination.open(path)) {
      Proof found = Proof.of(in);
      return found.equals(expected)
          ? Optional.empty()
          : Optional.of(Finding.changed(path, expected, found));
    }
  }
}
