/** Finds the published images and tables that some tests read. */
@NullMarked
package org.cytobeam.testing.data;

import org.jspecify.annotations.NullMarked;
