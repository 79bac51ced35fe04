@NullMarked
package org.cytobeam.bench.plate;

import org.jspecify.annotations.NullMarked;
