/**
 * Options as people write them: which there are, how they are spelled, what is wrong with them.
 *
 * <p>Options are the properties of Beam's {@code PipelineOptions} interfaces, so that a command
 * line that starts a pipeline here starts it through {@code flink run} or {@code spark-submit} too.
 * An option has one property name ({@code minResolutionX}), one name that is shown ({@code
 * --min_resolution_x}) and many spellings. Reading never stops at the first mistake.
 */
@NullMarked
package org.cytobeam.pipelines.options;

import org.jspecify.annotations.NullMarked;
