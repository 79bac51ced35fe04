/** Whole {@code images} commands, and what must come of them on every runner. */
@NullMarked
package org.cytobeam.testing.copy;

import org.jspecify.annotations.NullMarked;
