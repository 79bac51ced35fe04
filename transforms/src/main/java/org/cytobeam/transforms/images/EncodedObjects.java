package org.cytobeam.transforms.images;

/** What becomes of an object that is stored with a {@code Content-Encoding}. */
public enum EncodedObjects {
  /** The file has what the object decodes to, as a browser would save it. */
  DECODE,
  /** The file has the bytes that are stored. */
  KEEP
}
