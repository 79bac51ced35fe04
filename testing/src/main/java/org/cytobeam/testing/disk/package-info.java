/** Disks that come to their end. */
@NullMarked
package org.cytobeam.testing.disk;

import org.jspecify.annotations.NullMarked;
