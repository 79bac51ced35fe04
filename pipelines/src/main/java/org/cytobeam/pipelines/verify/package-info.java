/** The {@code verify} command: a finished output folder held against its manifest. */
@NullMarked
package org.cytobeam.pipelines.verify;

import org.jspecify.annotations.NullMarked;
