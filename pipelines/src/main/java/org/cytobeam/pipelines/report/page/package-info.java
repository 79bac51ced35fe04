/**
 * The page about a run: one HTML file that needs nothing else, neither network nor script.
 *
 * <p>The templates lie in {@code src/main/jte}. They escape all that is put into them; what they
 * show is computed in plain classes here.
 */
@NullMarked
package org.cytobeam.pipelines.report.page;

import org.jspecify.annotations.NullMarked;
