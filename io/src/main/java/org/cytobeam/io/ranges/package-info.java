/**
 * Large things in ranges: {@link org.cytobeam.io.ranges.RangeSource} is what can be asked for a
 * range, whatever the protocol, and {@link org.cytobeam.io.ranges.OrderedRanges} keeps several of
 * them in flight and hands them on in order.
 */
@NullMarked
package org.cytobeam.io.ranges;

import org.jspecify.annotations.NullMarked;
