package org.cytobeam.transforms.images;

/** Whether the file of an item is there, as far as its length tells. */
enum Presence {
  /** It is not, or it is another one's. */
  NONE,
  /** A run of this program has written it. */
  DONE,
  /** An earlier downloader says that it has. */
  EARLIER
}
