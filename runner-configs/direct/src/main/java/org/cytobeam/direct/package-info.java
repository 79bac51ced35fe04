/** The direct runner and its defaults. */
@NullMarked
package org.cytobeam.direct;

import org.jspecify.annotations.NullMarked;
