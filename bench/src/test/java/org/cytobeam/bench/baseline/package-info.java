@NullMarked
package org.cytobeam.bench.baseline;

import org.jspecify.annotations.NullMarked;
