/** What commands share that are given an output folder and look at what jobs have left there. */
@NullMarked
package org.cytobeam.pipelines.folder;

import org.jspecify.annotations.NullMarked;
