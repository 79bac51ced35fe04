package org.cytobeam.direct.plate;

import java.io.IOException;
import java.util.List;
import org.cytobeam.testing.plate.OutputFiles;

/** Where killed runs write to: one output folder after another. */
public interface KillTarget {

  /** Turns to an output folder that is not there yet. */
  void renew();

  /** Returns the options that name the output folder, and how it is reached. */
  List<String> options();

  /** Returns the flags that a JVM needs to write there. */
  List<String> flags();

  /** Returns how many PNGs are in the output folder. */
  int images() throws IOException;

  /** Returns all that is in the output folder. */
  OutputFiles files() throws IOException;

  /** Returns what there is of files that were begun and never became whole. */
  List<String> unfinished() throws IOException;

  /** Lets the lock of a run that was killed come free. */
  void freeLocks();
}
