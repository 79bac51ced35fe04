/**
 * Whole {@code plate} commands on a plate that this project makes itself, and what must come of
 * them on every runner.
 */
@NullMarked
package org.cytobeam.testing.plate;

import org.jspecify.annotations.NullMarked;
