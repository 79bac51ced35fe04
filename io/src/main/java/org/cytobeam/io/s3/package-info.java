/** S3 clients from plain settings: public buckets unsigned, all others signed, in one client. */
@NullMarked
package org.cytobeam.io.s3;

import org.jspecify.annotations.NullMarked;
