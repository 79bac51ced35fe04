/** Steps on images that know nothing of the job they serve: decode, crop, scale, encode. */
@NullMarked
package org.cytobeam.transforms.image;

import org.jspecify.annotations.NullMarked;
