package org.cytobeam.io.destination;

/** When the names of new files are made to survive a power cut; their bytes always are at once. */
public enum Durability {
  /** The folder is synced after each file. */
  ITEM,
  /** Each folder is synced once, when {@link Destination#sync()} is called at the end of a run. */
  RUN
}
