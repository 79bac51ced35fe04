@NullMarked
package org.cytobeam.pipelines;

import org.jspecify.annotations.NullMarked;
