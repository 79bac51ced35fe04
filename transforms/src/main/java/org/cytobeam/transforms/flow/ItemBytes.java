package org.cytobeam.transforms.flow;

import java.io.Closeable;
import java.io.IOException;

/**
 * How long the items of a run are, as the step that fetches them sees it, and so how many of them
 * may be handed out at once.
 *
 * <p>One of these serves all steps of a run in a process. Safe for use by several threads.
 */
public final class ItemBytes implements Closeable {

  private static final Shared<String, ItemBytes> OF_RUNS = new Shared<>(run -> new ItemBytes());

  /** After so many items a long one counts only about a third more than the others. */
  private static final int MEMORY = 64;

  /** Expected before any is seen: a microscope image of 2 megapixels at 16 bit. */
  private static final long FIRST_GUESS = 4 << 20;

  private long typicalBytes = FIRST_GUESS;
  private boolean measured;

  private ItemBytes() {}

  /** Returns a lease on the lengths of a run's items. */
  public static Shared.Lease<ItemBytes> lease(String run) throws IOException {
    return OF_RUNS.lease(run);
  }

  /** Takes note that an item has so many bytes, 0 if it needs none because it ended already. */
  public synchronized void seen(long bytes) {
    boolean isFirst = !measured && bytes > 0;
    measured |= isFirst;
    typicalBytes =
        isFirst ? bytes : Math.max(bytes, typicalBytes - (typicalBytes - bytes) / MEMORY);
  }

  /** Returns how many items come to a number of bytes, by the longest seen lately: at least 1. */
  synchronized int items(long bytes, int most) {
    return (int) Math.max(1, Math.min(most, bytes / Math.max(1, typicalBytes)));
  }

  @Override
  public void close() {
    // Nothing is held: a lease only says that the run goes on.
  }
}
