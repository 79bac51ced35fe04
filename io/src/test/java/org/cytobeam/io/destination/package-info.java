@NullMarked
package org.cytobeam.io.destination;

import org.jspecify.annotations.NullMarked;
