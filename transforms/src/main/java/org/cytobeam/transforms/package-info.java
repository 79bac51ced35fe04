/** Beam transforms, their values and coders; the bytes themselves are {@code org.cytobeam.io}'s. */
@NullMarked
package org.cytobeam.transforms;

import org.jspecify.annotations.NullMarked;
