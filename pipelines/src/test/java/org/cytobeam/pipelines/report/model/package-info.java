@NullMarked
package org.cytobeam.pipelines.report.model;

import org.jspecify.annotations.NullMarked;
