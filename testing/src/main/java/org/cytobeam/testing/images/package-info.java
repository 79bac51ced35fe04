/** Images that the project makes itself: synthetic pictures, and TIFF files of every flavour. */
@NullMarked
package org.cytobeam.testing.images;

import org.jspecify.annotations.NullMarked;
