/** The images that figures are measured on: real ones, or ones that the project makes. */
@NullMarked
package org.cytobeam.bench.images;

import org.jspecify.annotations.NullMarked;
