package org.cytobeam.io.tiff;

import java.io.IOException;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * A cursor over the directories of the pages of a file, in the file's order.
 *
 * <p>Where the chain of directories comes back to one that was already met, it ends: some writers
 * make such files, and their pages are sound.
 */
public final class TiffPages {

  private final TiffFile file;
  private final Set<Long> met = new HashSet<>();
  private long next;

  TiffPages(TiffFile file, long first) {
    this.file = file;
    this.next = first;
  }

  /** Returns whether the chain goes on; the next directory may still prove unreadable. */
  public boolean hasNext() {
    return next != 0 && !met.contains(next);
  }

  /**
   * Reads the next directory.
   *
   * @throws org.cytobeam.io.pixels.ImageException if it can't be read; the cursor then stays before
   *     it
   * @throws NoSuchElementException if there is none
   */
  public TiffDirectory next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException("no page is left");
    }
    TiffDirectory directory = file.directory(next);
    met.add(next);
    next = directory.nextOffset();
    return directory;
  }
}
