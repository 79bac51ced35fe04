@NullMarked
package org.cytobeam.spark;

import org.jspecify.annotations.NullMarked;
