/** The log of a run, whichever logging library is on the class path. */
@NullMarked
package org.cytobeam.pipelines.log;

import org.jspecify.annotations.NullMarked;
