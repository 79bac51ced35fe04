@NullMarked
package org.cytobeam.flink;

import org.jspecify.annotations.NullMarked;
