/** What Cytobeam is measured against: the ordinary libraries, one image after the other. */
@NullMarked
package org.cytobeam.bench.baseline;

import org.jspecify.annotations.NullMarked;
