package org.cytobeam.pipelines.log;

import java.util.function.Consumer;

/** A logging library that can tell somebody more what it is told; registered as a service. */
public interface LogBackend {

  /**
   * Starts giving away every event from level INFO on.
   *
   * @param style the form of the text
   * @param events takes an event as text of one or more lines, from the thread that logs; it
   *     neither blocks nor throws
   * @return ends it; all that was logged before has been given away when it returns
   */
  Runnable attach(LogStyle style, Consumer<String> events);
}
