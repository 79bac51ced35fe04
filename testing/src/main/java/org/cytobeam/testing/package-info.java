@NullMarked
package org.cytobeam.testing;

import org.jspecify.annotations.NullMarked;
