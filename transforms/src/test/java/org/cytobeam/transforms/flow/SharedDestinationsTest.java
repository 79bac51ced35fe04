package org.cytobeam.transforms.flow;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedDestinationsTest {

  private static final RunId RUN = new RunId("20260101T000000Z-00000000");

  @TempDir private Path root;

  private DestinationSettings settings() {
    return new DestinationSettings(root.toString(), RUN, Durability.RUN);
  }

  @Test
  void allStepsOfAProcessShareOne() throws IOException {
    try (Shared.Lease<Destination> one = SharedDestinations.lease(settings());
        Shared.Lease<Destination> other = SharedDestinations.lease(settings())) {
      assertThat(other.get(), is(sameInstance(one.get())));
    }
  }

  @Test
  void aProcessThatTakesPartKeepsTheRunAliveAsLongAsItHasTheDestinationOpen() throws IOException {
    try (Destination own = Destinations.open(settings())) {
      own.runLocks().acquire(RUN).leave();
      try (Shared.Lease<Destination> lease =
          SharedDestinations.lease(settings().forOtherProcesses())) {
        assertThat(lease.get(), is(not(sameInstance(own))));
        assertThat(own.runLocks().isHeld(RUN), is(true));
      }
      assertThat(own.runLocks().isHeld(RUN), is(true));
      own.runLocks().end(RUN);
      assertThat(own.runLocks().isHeld(RUN), is(false));
    }
  }

  /** As on a cluster whose machines each have a folder of that name. */
  @Test
  void aFolderThatTheRunWasNotBegunInEndsTheRunAndSaysWhy() {
    RunAbortedException thrown =
        assertThrows(
            RunAbortedException.class,
            () -> SharedDestinations.lease(settings().forOtherProcesses()));

    assertThat(thrown.getMessage(), containsString("has no run " + RUN));
    assertThat(thrown.getMessage(), containsString("name a folder of a shared file system"));
  }
}
