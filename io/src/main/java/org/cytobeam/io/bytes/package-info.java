/**
 * Bytes wherever they lie: {@link org.cytobeam.io.bytes.ByteRanges random access}, the one thing
 * that every format reader takes, and {@link org.cytobeam.io.bytes.ByteFetcher whole objects},
 * proven, or the reason why they can't be had.
 */
@NullMarked
package org.cytobeam.io.bytes;

import org.jspecify.annotations.NullMarked;
