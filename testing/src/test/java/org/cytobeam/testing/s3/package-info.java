@NullMarked
package org.cytobeam.testing.s3;

import org.jspecify.annotations.NullMarked;
