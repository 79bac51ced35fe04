/** Rasters and the arithmetic on them: centred crops, percentiles, scaling to 8 bits. */
@NullMarked
package org.cytobeam.io.pixels;

import org.jspecify.annotations.NullMarked;
