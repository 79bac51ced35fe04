/**
 * Servers that speak the S3 protocol: one inside the JVM that misbehaves to order, and a real one
 * in its own process.
 *
 * <p>What the former answers follows the Amazon S3 API Reference (version 2006-03-01), as far as
 * this project's clients and Beam's {@code S3FileSystem} use it: path-style addresses, objects,
 * multipart uploads, copies, multi-object deletes, {@code ListObjectsV2}. It checks who may call,
 * not whether a signature is right.
 */
@NullMarked
package org.cytobeam.testing.s3;

import org.jspecify.annotations.NullMarked;
