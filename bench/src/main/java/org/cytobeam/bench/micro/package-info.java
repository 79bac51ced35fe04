/** JMH benchmarks of single steps. */
@NullMarked
package org.cytobeam.bench.micro;

import org.jspecify.annotations.NullMarked;
