/** The {@code images} command: the objects of a bucket that tables name, copied and proven. */
@NullMarked
package org.cytobeam.pipelines.images;

import org.jspecify.annotations.NullMarked;
