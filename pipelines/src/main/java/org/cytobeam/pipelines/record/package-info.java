/** The record of a run: what ran, on what, how, and what came of it; written, and read again. */
@NullMarked
package org.cytobeam.pipelines.record;

import org.jspecify.annotations.NullMarked;
