@NullMarked
package org.cytobeam.pipelines.folder;

import org.jspecify.annotations.NullMarked;
