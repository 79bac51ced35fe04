/** The commands of bench/run: each measures one figure and prints its row. */
@NullMarked
package org.cytobeam.bench.figure;

import org.jspecify.annotations.NullMarked;
