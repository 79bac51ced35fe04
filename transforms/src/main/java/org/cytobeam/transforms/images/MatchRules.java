package org.cytobeam.transforms.images;

import java.io.Serializable;
import java.util.Set;

/**
 * Which object a name means, and what its file is called.
 *
 * @param bucket where the objects are
 * @param prefix what all keys begin with; may be empty
 * @param match how far a name may be from its object's key
 * @param extensions what a stem may match, in lower case and without dots; empty for any
 * @param ambiguous what becomes of a name that several objects fit equally well
 * @param saveAs what a file is called
 * @param keepPath whether a file gets the folders that its object's key has behind the prefix
 */
public record MatchRules(
    String bucket,
    String prefix,
    Match match,
    Set<String> extensions,
    Ambiguous ambiguous,
    SaveAs saveAs,
    boolean keepPath)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** How far a name may be from its object's key; each takes what those before it take first. */
  public enum Match {
    /** The name is the key, with or without the prefix. */
    KEY,
    /** The name is the last part of the key. */
    NAME,
    /** They are the same without their extensions. */
    STEM
  }

  /** What becomes of a name that several objects fit equally well. */
  public enum Ambiguous {
    /** It fails, and says which they are. */
    FAIL,
    /** It means the object whose key is first in the order of UTF-8. */
    FIRST,
    /** It means the object that was put last; of several such, the first. */
    NEWEST,
    /** It means all of them. */
    ALL
  }

  /** What a file is called. */
  public enum SaveAs {
    /** As the table says. */
    NAME,
    /** As the object's key ends. */
    KEY
  }

  /** Copies the set. */
  public MatchRules {
    extensions = Set.copyOf(extensions);
  }
}
