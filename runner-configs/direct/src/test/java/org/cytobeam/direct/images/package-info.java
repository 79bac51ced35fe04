/** The whole images command on the direct runner, from the command line to the files. */
@NullMarked
package org.cytobeam.direct.images;

import org.jspecify.annotations.NullMarked;
