/** The direct runner: its defaults, and the log of a process that has no cluster around it. */
@NullMarked
package org.cytobeam.direct;

import org.jspecify.annotations.NullMarked;
