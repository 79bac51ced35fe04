/** What a run would do, told before anything is done. */
@NullMarked
package org.cytobeam.pipelines.plan;

import org.jspecify.annotations.NullMarked;
