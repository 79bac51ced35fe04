/** The {@code report} command: makes the page about a run again. */
@NullMarked
package org.cytobeam.pipelines.report;

import org.jspecify.annotations.NullMarked;
