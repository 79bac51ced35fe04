/** The Spark runner: its defaults, the context it works in, and how its runs end. */
@NullMarked
package org.cytobeam.spark;

import org.jspecify.annotations.NullMarked;
