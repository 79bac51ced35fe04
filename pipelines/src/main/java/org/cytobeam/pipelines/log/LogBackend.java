package org.cytobeam.pipelines.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A logging library that can write to one more file; registered as a service. */
public interface LogBackend {

  /**
   * Starts writing everything from level INFO on to the end of a file.
   *
   * @return ends it; all that was logged before is in the file when it returns
   * @throws IOException if the file can't be written
   */
  Closeable attach(Path file) throws IOException;
}
