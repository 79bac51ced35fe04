package org.cytobeam.io.destination;

/** How hard to look before a file that is there counts as the one that was written. */
public enum Check {
  /** The length is compared. */
  SIZE,
  /** The length is compared and the bytes are hashed. */
  SHA256
}
