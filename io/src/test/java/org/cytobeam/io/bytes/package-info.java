@NullMarked
package org.cytobeam.io.bytes;

import org.jspecify.annotations.NullMarked;
