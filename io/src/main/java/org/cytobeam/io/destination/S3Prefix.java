package org.cytobeam.io.destination;

import org.cytobeam.io.s3.S3Uri;

/**
 * Where in S3 a destination lies.
 *
 * @param prefix what all its keys begin with: empty, or ending in a slash
 */
record S3Prefix(String bucket, String prefix) {

  /** Takes an address with or without slashes at its end. */
  static S3Prefix parse(String address) {
    S3Uri uri = S3Uri.parse(address);
    String key = uri.key();
    while (key.endsWith("/")) {
      key = key.substring(0, key.length() - 1);
    }
    if (!key.isEmpty()) {
      FilePath.of(key);
      key += "/";
    }
    return new S3Prefix(uri.bucket(), key);
  }

  /** Returns the address without a slash at its end. */
  String root() {
    String address = "s3://" + bucket + "/" + prefix;
    return address.substring(0, address.length() - 1);
  }

  /** Returns the key of a file. */
  String key(FilePath file) {
    return new S3Uri(bucket, prefix + file).key();
  }

  /** Returns what the keys of all files in a folder begin with. */
  String keysIn(FilePath folder) {
    return folder.names().isEmpty() ? prefix : prefix + folder + "/";
  }

  /** Returns the path of a key that begins with the prefix. */
  String path(String key) {
    return key.substring(prefix.length());
  }

  @Override
  public String toString() {
    return root();
  }
}
