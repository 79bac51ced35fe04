package org.cytobeam.io.destination;

import java.io.Serializable;
import org.cytobeam.io.s3.S3Settings;

/**
 * What it takes to open a destination, anywhere on a cluster.
 *
 * @param root a folder, relative to the working directory or absolute or a {@code file:} URI, or
 *     {@code s3://bucket/prefix}
 * @param run the run that writes
 * @param durability when the names of new local files are made to survive a power cut
 * @param s3 how S3 is reached, if the root is there
 * @param joins whether who opens it takes part in a run that another process has begun there
 */
public record DestinationSettings(
    String root, RunId run, Durability durability, S3Settings s3, boolean joins)
    implements Serializable {

  /** Creates the settings of the process that begins the run. */
  public DestinationSettings(String root, RunId run, Durability durability, S3Settings s3) {
    this(root, run, durability, s3, false);
  }

  /** Takes the defaults for S3. */
  public DestinationSettings(String root, RunId run, Durability durability) {
    this(root, run, durability, S3Settings.defaults());
  }

  /** Returns the settings of processes, perhaps on other machines, that take part in the run. */
  public DestinationSettings forOtherProcesses() {
    return new DestinationSettings(root, run, durability, s3, true);
  }
}
