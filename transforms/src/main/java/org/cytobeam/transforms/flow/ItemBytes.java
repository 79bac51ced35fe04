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

  private long typicalBytes;

  private ItemBytes() {}

  /** Returns a lease on the lengths of a run's items. */
  public static Shared.Lease<ItemBytes> lease(String run) throws IOException {
    return OF_RUNS.lease(run);
  }

  /** Takes note that an item has so many bytes. */
  public synchronized void seen(long bytes) {
    typicalBytes = Math.max(bytes, typicalBytes - (typicalBytes - bytes) / MEMORY);
  }

  /**
   * Returns how many items come to a number of bytes, by the longest that were seen lately: at
   * least 1, and no more than 1 as long as none was seen.
   */
  synchronized int items(long bytes, int most) {
    return typicalBytes == 0 ? 1 : (int) Math.max(1, Math.min(most, bytes / typicalBytes));
  }

  @Override
  public void close() {
    // Nothing is held: a lease only says that the run goes on.
  }
}
