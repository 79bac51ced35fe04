/** The borders between the modules and what every class keeps to. */
@NullMarked
package org.cytobeam.architecture;

import org.jspecify.annotations.NullMarked;
