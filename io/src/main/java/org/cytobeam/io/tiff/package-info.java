/** TIFF and BigTIFF: our own directory walker on byte ranges, and decoders for grey images. */
@NullMarked
package org.cytobeam.io.tiff;

import org.jspecify.annotations.NullMarked;
