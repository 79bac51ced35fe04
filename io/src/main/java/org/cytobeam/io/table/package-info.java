/** Tables in and out: CSV, JSON lines and Parquet rows, read with the line that each came from. */
@NullMarked
package org.cytobeam.io.table;

import org.jspecify.annotations.NullMarked;
