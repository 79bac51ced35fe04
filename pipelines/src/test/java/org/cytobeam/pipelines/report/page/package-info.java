@NullMarked
package org.cytobeam.pipelines.report.page;

import org.jspecify.annotations.NullMarked;
