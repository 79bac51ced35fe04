package org.cytobeam.transforms.outcome;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.cytobeam.io.destination.Destination;

/** The items of an output folder that failed when they were last tried. */
public final class FailedItems {

  private FailedItems() {}

  /**
   * Returns their ids, from the manifest and the journal.
   *
   * @throws DamagedManifestException if the manifest can't be read
   */
  public static Set<String> ids(Destination destination) throws IOException {
    return Manifest.read(destination).rows().stream()
        .filter(row -> !row.done())
        .map(row -> row.getItem().getId())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Returns what one of their keys has, where they have it.
   *
   * @throws DamagedManifestException if the manifest can't be read
   */
  public static Set<String> keys(Destination destination, String name) throws IOException {
    return Manifest.read(destination).rows().stream()
        .filter(row -> !row.done() && row.getItem().getKeys().containsKey(name))
        .map(row -> row.getItem().key(name))
        .collect(Collectors.toUnmodifiableSet());
  }
}
