/**
 * How work moves through a process: rows handed out at a pace, requests in flight, resources shared
 * by all instances of a step, and the end of a run that can't go on.
 */
@NullMarked
package org.cytobeam.transforms.flow;

import org.jspecify.annotations.NullMarked;
