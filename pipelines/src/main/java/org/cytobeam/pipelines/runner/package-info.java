/**
 * What a runner has to say for itself: its options, its defaults. The implementations live in the
 * modules of {@code runner-configs}; nothing here names a runner.
 */
@NullMarked
package org.cytobeam.pipelines.runner;

import org.jspecify.annotations.NullMarked;
