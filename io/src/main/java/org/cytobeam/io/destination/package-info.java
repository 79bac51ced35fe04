/**
 * The only way in which anything is written: whole, under its final name, and proven.
 *
 * <p>A {@link org.cytobeam.io.destination.Destination} is a local folder or an S3 prefix.
 */
@NullMarked
package org.cytobeam.io.destination;

import org.jspecify.annotations.NullMarked;
