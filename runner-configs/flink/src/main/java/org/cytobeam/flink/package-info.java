/** The Flink runner: its defaults, in this process and on a cluster. */
@NullMarked
package org.cytobeam.flink;

import org.jspecify.annotations.NullMarked;
