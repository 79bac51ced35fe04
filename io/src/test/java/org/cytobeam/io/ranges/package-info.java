@NullMarked
package org.cytobeam.io.ranges;

import org.jspecify.annotations.NullMarked;
