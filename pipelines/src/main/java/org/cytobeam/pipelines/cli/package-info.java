/** The program itself: commands, help, exit codes, what people see. */
@NullMarked
package org.cytobeam.pipelines.cli;

import org.jspecify.annotations.NullMarked;
