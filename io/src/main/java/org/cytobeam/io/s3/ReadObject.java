package org.cytobeam.io.s3;

import org.cytobeam.io.bytes.ContentCoding;
import org.cytobeam.io.bytes.Integrity;

/**
 * An object that has been read whole.
 *
 * @param bytes how many it has, as it is stored
 * @param etag its entity tag without quotation marks; empty if there is none
 * @param integrity the strongest check that the bytes have passed
 * @param attempts one, and how many requests had to be sent again
 * @param contentEncoding what the server says has been done to the bytes, as {@link ContentCoding}
 *     reads it; empty if nothing
 */
public record ReadObject(
    long bytes, String etag, Integrity integrity, int attempts, String contentEncoding) {}
