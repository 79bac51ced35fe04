package org.cytobeam.io.bytes;

/** What has proved that fetched bytes are the stored ones, the strongest first. */
public enum Integrity {
  /** A checksum that the server keeps beside the object. */
  CHECKSUM,
  /** An entity tag that is the MD5 of the object. */
  ETAG_MD5,
  /** The length alone: nothing else was known. */
  LENGTH
}
