/** The tables that a job reads, whatever they are about: where they are. */
@NullMarked
package org.cytobeam.transforms.table;

import org.jspecify.annotations.NullMarked;
