/**
 * Bytes, pixels, formats and servers: all of Cytobeam that knows nothing of Beam.
 *
 * <p>Each format and each way of moving bytes is an ordinary class that can be tested, fuzzed and
 * timed alone. What runs them in parallel lives in {@code org.cytobeam.transforms}.
 */
@NullMarked
package org.cytobeam.io;

import org.jspecify.annotations.NullMarked;
