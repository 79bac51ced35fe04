package org.cytobeam.bench.server;

import java.util.Optional;

/** What a server holds: one bucket of objects. */
public interface Stock {

  /** Returns the name of the bucket. */
  String bucket();

  /** Returns the object with a key. */
  Optional<StoredObject> find(String key);

  /** Returns how many objects a listing shows. */
  int listed();

  /** Returns an object of the listing by its place in the order of the keys. */
  Listed listed(int place);

  /**
   * An object as a listing shows it.
   *
   * @param key its key
   * @param bytes its length
   * @param etag its entity tag without quotation marks
   */
  record Listed(String key, long bytes, String etag) {}
}
