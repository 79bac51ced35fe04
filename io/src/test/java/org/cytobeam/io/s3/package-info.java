@NullMarked
package org.cytobeam.io.s3;

import org.jspecify.annotations.NullMarked;
