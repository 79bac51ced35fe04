package org.cytobeam.transforms.outcome;

import java.io.IOException;
import java.util.regex.Pattern;
import org.cytobeam.io.table.TableException;

/**
 * The manifest of an output folder can't be read, so that nobody knows what is done there.
 *
 * <p>The message is for people and ends with {@link #MEND}.
 */
public final class DamagedManifestException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What to do about it. */
  public static final String MEND = "move it away to go on: what it proves is then fetched again";

  private final String manifest;
  private final String problem;

  DamagedManifestException(String manifest, TableException cause) {
    super(cause.getMessage() + "; " + MEND, cause);
    this.manifest = manifest;
    this.problem =
        String.valueOf(cause.getMessage()).replaceFirst(Pattern.quote(manifest + ": "), "");
  }

  /** Returns its address. */
  public String manifest() {
    return manifest;
  }

  /** Returns what is wrong with it. */
  public String problem() {
    return problem;
  }
}
