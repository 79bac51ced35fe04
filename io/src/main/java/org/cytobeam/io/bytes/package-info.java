/** Random access to bytes wherever they lie: the one thing that every format reader takes. */
@NullMarked
package org.cytobeam.io.bytes;

import org.jspecify.annotations.NullMarked;
