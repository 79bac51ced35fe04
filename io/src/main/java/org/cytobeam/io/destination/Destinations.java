package org.cytobeam.io.destination;

import java.nio.file.Path;

/** Opens destinations. */
public final class Destinations {

  private Destinations() {}

  /**
   * Opens a destination; nothing is made or asked for before the first file.
   *
   * @throws IllegalArgumentException if the root is no folder's name
   */
  public static Destination open(DestinationSettings settings) {
    Path root = Path.of(settings.root()).toAbsolutePath().normalize();
    return new LocalDestination(root, settings.run(), settings.durability());
  }
}
