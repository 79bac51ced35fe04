@NullMarked
package org.cytobeam.pipelines.report;

import org.jspecify.annotations.NullMarked;
