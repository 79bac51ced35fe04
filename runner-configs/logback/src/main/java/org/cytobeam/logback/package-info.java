/**
 * Logging with Logback, for every runner that works in this process: what the console shows, and
 * the run's own log. A cluster brings its own logging and leaves this module out.
 */
@NullMarked
package org.cytobeam.logback;

import org.jspecify.annotations.NullMarked;
