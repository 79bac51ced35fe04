/** Only what knows Cell Painting plates: load_data tables, wells and sites, the names of files. */
@NullMarked
package org.cytobeam.transforms.plate;

import org.jspecify.annotations.NullMarked;
