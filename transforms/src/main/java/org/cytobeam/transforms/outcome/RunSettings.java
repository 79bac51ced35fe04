package org.cytobeam.transforms.outcome;

import java.io.Serializable;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.RunId;

/**
 * What all steps of one run share.
 *
 * @param destination the output folder, and the id of the run
 * @param optionsHash hash of the options that determine the bytes of the outputs
 * @param check how hard to look before an output counts as done
 * @param force whether everything is done again, whatever is there
 * @param partial whether the run is about some of the items of its input only
 */
public record RunSettings(
    DestinationSettings destination,
    String optionsHash,
    Check check,
    boolean force,
    boolean partial)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Creates the settings of a run that is about all items of its input. */
  public RunSettings(
      DestinationSettings destination, String optionsHash, Check check, boolean force) {
    this(destination, optionsHash, check, force, false);
  }

  /** Returns the settings of the same run, about some of the items only. */
  public RunSettings ofSomeItems() {
    return new RunSettings(destination, optionsHash, check, force, true);
  }

  /** Returns the id of the run. */
  public RunId run() {
    return destination.run();
  }
}
