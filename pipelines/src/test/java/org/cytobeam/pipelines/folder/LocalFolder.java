package org.cytobeam.pipelines.folder;

import java.nio.file.Path;
import java.time.Instant;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;

/** Output folders of tests. */
public final class LocalFolder {

  private LocalFolder() {}

  /** Opens a local folder for a run of its own. */
  public static Destination open(Path root) {
    return Destinations.open(
        new DestinationSettings(root.toString(), RunId.startingAt(Instant.now()), Durability.RUN));
  }
}
