/**
 * What becomes of each item, the same for all jobs: the value that flows through a graph, the
 * classes of failure, the journal that survives a {@code kill -9}, and the tables made from both.
 */
@NullMarked
package org.cytobeam.transforms.outcome;

import org.jspecify.annotations.NullMarked;
