@NullMarked
package org.cytobeam.io.limits;

import org.jspecify.annotations.NullMarked;
