package org.cytobeam.transforms.images;

/** How the objects that names mean are found. */
public enum Lookup {
  /** As seems to take fewer requests, see {@link LookupChoice}. */
  AUTO,
  /** Everything below the prefix is listed. */
  LIST,
  /** Each name is asked for; only for names that are keys. */
  HEAD
}
