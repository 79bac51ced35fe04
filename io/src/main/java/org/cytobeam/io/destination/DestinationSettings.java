package org.cytobeam.io.destination;

import java.io.Serializable;

/**
 * What it takes to open a destination, anywhere on a cluster.
 *
 * @param root a folder, relative to the working directory or absolute
 * @param run the run that writes
 * @param durability when the names of new files are made to survive a power cut
 */
public record DestinationSettings(String root, RunId run, Durability durability)
    implements Serializable {}
