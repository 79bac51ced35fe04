/** What nobody else may read, and where it hides. */
@NullMarked
package org.cytobeam.io.secrets;

import org.jspecify.annotations.NullMarked;
