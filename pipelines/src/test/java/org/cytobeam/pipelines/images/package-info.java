/** What the images command promises on paper, and its parts without a runner. */
@NullMarked
package org.cytobeam.pipelines.images;

import org.jspecify.annotations.NullMarked;
