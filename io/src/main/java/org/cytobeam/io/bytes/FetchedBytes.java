package org.cytobeam.io.bytes;

/**
 * A whole object, as long as its server said it is.
 *
 * @param bytes all of them; shared, to be read only
 * @param identity what changes when the bytes change: an ETag without quotation marks, or a file's
 *     size and time; empty if nothing is known to do so
 * @param integrity the strongest check that the bytes have passed
 * @param attempts how many requests it took, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // equality is of no use for images of megabytes
public record FetchedBytes(byte[] bytes, String identity, Integrity integrity, int attempts) {}
