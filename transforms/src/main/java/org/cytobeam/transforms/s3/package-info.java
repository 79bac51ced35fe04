/** Between Beam's AWS module and {@code org.cytobeam.io.s3}: clients, and the fetching step. */
@NullMarked
package org.cytobeam.transforms.s3;

import org.jspecify.annotations.NullMarked;
