@NullMarked
package org.cytobeam.transforms;

import org.jspecify.annotations.NullMarked;
