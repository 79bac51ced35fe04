/**
 * How far a run is: read from the counters of its steps or its journal, and shown while it goes on.
 */
@NullMarked
package org.cytobeam.pipelines.progress;

import org.jspecify.annotations.NullMarked;
