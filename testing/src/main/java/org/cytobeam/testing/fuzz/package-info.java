/** Gives many damaged inputs to what must take any bytes. */
@NullMarked
package org.cytobeam.testing.fuzz;

import org.jspecify.annotations.NullMarked;
