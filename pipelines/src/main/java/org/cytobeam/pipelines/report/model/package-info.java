/**
 * What the page about a run shows, read from nothing but the output folder in one pass; how it
 * looks is another package's.
 *
 * <p>Memory is bounded by wells times channels of the plates that get maps, not by images.
 */
@NullMarked
package org.cytobeam.pipelines.report.model;

import org.jspecify.annotations.NullMarked;
