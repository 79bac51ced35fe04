/** Proofs on real clusters of several processes. */
@NullMarked
package org.cytobeam.testing.cluster;

import org.jspecify.annotations.NullMarked;
