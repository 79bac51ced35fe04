package org.cytobeam.transforms;

import java.nio.file.Path;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.transforms.outcome.RunSettings;

/** The settings of runs for tests: of one number into one folder, they are always the same. */
public final class Runs {

  /** The hash of options that runs have unless a test says otherwise. */
  public static final String OPTIONS = "hash";

  private Runs() {}

  /** Returns the id of the run of a number. */
  public static RunId id(int number) {
    return new RunId(String.format(java.util.Locale.ROOT, "20260101T000000Z-%08x", number));
  }

  /** Returns the settings of the run of a number into a folder. */
  public static RunSettings into(Path root, int number) {
    return new RunSettings(folder(root, number), OPTIONS, Check.SHA256, false);
  }

  /** Returns a folder as the run of a number opens it. */
  public static DestinationSettings folder(Path root, int number) {
    return new DestinationSettings(root.toString(), id(number), Durability.RUN);
  }
}
