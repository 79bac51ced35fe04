@NullMarked
package org.cytobeam.bench.server;

import org.jspecify.annotations.NullMarked;
