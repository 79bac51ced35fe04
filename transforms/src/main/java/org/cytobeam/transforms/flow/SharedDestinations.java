package org.cytobeam.transforms.flow;

import java.io.IOException;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;

/**
 * The destinations that are open in this process, one for all steps that write to the same place:
 * each has connections of its own, which take seconds to end.
 */
public final class SharedDestinations {

  private static final Shared<DestinationSettings, Destination> OPEN =
      new Shared<>(Destinations::open);

  private SharedDestinations() {}

  /** Returns a lease on a destination; it must be closed, and the destination itself must not. */
  public static Shared.Lease<Destination> lease(DestinationSettings settings) throws IOException {
    return OPEN.lease(settings);
  }
}
