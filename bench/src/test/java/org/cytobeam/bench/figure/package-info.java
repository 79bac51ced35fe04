@NullMarked
package org.cytobeam.bench.figure;

import org.jspecify.annotations.NullMarked;
