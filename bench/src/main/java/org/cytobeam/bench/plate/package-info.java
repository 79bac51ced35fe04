/** A plate of any size, as a table and as the keys of its objects. */
@NullMarked
package org.cytobeam.bench.plate;

import org.jspecify.annotations.NullMarked;
