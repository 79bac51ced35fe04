package org.cytobeam.transforms.images;

import java.util.regex.Pattern;
import org.cytobeam.transforms.outcome.Facts;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an object before it is fetched.
 *
 * @param etag the mark of its version; null if the server tells none
 * @param bytes its length; -1 if that is not known
 */
record Listed(@Nullable String etag, long bytes) {

  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

  /** Nothing is known. */
  static final Listed UNKNOWN = new Listed(null, -1);

  /** Returns what the listing said of a pending item; a length of 0 counts only with an ETag. */
  static Listed of(Facts facts) {
    boolean isKnown = facts.getEtag() != null || facts.getSourceBytes() > 0;
    return new Listed(facts.getEtag(), isKnown ? facts.getSourceBytes() : -1);
  }

  /** Returns whether the object is known to have at most so many bytes. */
  boolean fits(long most) {
    return bytes >= 0 && bytes <= most;
  }

  /** Returns whether what came may be this object. */
  boolean matches(String cameEtag, long cameBytes) {
    return (etag == null || etag.equals(cameEtag)) && (bytes < 0 || bytes == cameBytes);
  }

  /** Returns whether the ETag can be the MD5 of the object: it is of what was put in one piece. */
  boolean hasMd5() {
    return etag != null && MD5.matcher(etag).matches();
  }

  /** Returns whether bytes of that MD5 may be those of the object. */
  boolean agrees(String md5) {
    return !hasMd5() || md5.equals(etag);
  }

  /** Returns what came in place of this object, for people. */
  String contrast(String cameEtag, long cameBytes) {
    return "listed were "
        + (bytes < 0 ? "" : bytes + " bytes and ")
        + named(etag == null ? "" : etag)
        + ", what came has "
        + cameBytes
        + " bytes and "
        + named(cameEtag);
  }

  private static String named(String etag) {
    return etag.isEmpty() ? "no ETag" : "the ETag " + etag;
  }
}
