/** The {@code plate} command: a Cell Painting plate from S3 to checked 8-bit PNGs. */
@NullMarked
package org.cytobeam.pipelines.plate;

import org.jspecify.annotations.NullMarked;
