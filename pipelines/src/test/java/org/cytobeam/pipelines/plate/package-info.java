/** What the plate command promises on paper. */
@NullMarked
package org.cytobeam.pipelines.plate;

import org.jspecify.annotations.NullMarked;
