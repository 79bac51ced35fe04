package org.cytobeam.transforms.flow;

import java.io.Closeable;
import java.io.IOException;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.RunLock;
import org.cytobeam.io.destination.UnknownRunException;
import org.jspecify.annotations.Nullable;

/**
 * The destinations that are open in this process, one for all steps that write to the same place:
 * each has connections of its own, which take seconds to end. A process that takes part in a run of
 * another one has joined its lock as long as the destination is open.
 */
public final class SharedDestinations {

  private static final Shared<DestinationSettings, Open> OPEN =
      new Shared<>(SharedDestinations::open);

  private record Open(Destination destination, @Nullable RunLock joined) implements Closeable {

    @Override
    public void close() throws IOException {
      try (destination) {
        // First of all, so that the run doesn't look alive whatever else fails.
        if (joined != null) {
          joined.close();
        }
      }
    }
  }

  private SharedDestinations() {}

  /**
   * Returns a lease on a destination; it must be closed, and the destination itself must not.
   *
   * @throws RunAbortedException if the process is to join a run that the destination doesn't know
   */
  public static Shared.Lease<Destination> lease(DestinationSettings settings) throws IOException {
    Shared.Lease<Open> lease = OPEN.lease(settings);
    return new Shared.Lease<>(lease.get().destination(), lease);
  }

  private static Open open(DestinationSettings settings) throws IOException {
    Destination destination = Destinations.open(settings);
    try {
      return new Open(
          destination, settings.joins() ? destination.runLocks().join(settings.run()) : null);
    } catch (UnknownRunException e) {
      destination.close();
      throw new RunAbortedException(String.valueOf(e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      destination.close();
      throw e;
    }
  }
}
