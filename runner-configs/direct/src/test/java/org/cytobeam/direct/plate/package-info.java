/** The whole {@code plate} command on the direct runner, against real files and servers. */
@NullMarked
package org.cytobeam.direct.plate;

import org.jspecify.annotations.NullMarked;
