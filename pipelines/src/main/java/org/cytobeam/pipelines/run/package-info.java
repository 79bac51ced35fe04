/** What all jobs' runs have in common: the options, the record and the lock of a run, its end. */
@NullMarked
package org.cytobeam.pipelines.run;

import org.jspecify.annotations.NullMarked;
