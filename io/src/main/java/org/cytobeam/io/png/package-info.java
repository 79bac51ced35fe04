/** PNG: an encoder for 8-bit grey images whose bytes are the same on every machine. */
@NullMarked
package org.cytobeam.io.png;

import org.jspecify.annotations.NullMarked;
