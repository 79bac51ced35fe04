/** Quantities as people read them: the same words on the console and on the page about a run. */
@NullMarked
package org.cytobeam.pipelines.text;

import org.jspecify.annotations.NullMarked;
