/** What only the job {@code images} knows: names in tables, the objects that they mean. */
@NullMarked
package org.cytobeam.transforms.images;

import org.jspecify.annotations.NullMarked;
