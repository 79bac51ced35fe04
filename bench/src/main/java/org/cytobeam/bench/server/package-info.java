/** A plain HTTP server that plays S3, with a latency and a rate to order. */
@NullMarked
package org.cytobeam.bench.server;

import org.jspecify.annotations.NullMarked;
