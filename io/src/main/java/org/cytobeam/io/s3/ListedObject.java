package org.cytobeam.io.s3;

/**
 * An object as a bucket lists it.
 *
 * @param key its name in the bucket
 * @param bytes its length
 * @param etag its entity tag without quotation marks; empty if the server tells none
 * @param modified when it was put, in milliseconds since 1970 UTC; 0 if the server doesn't tell
 */
public record ListedObject(String key, long bytes, String etag, long modified) {}
