package org.cytobeam.io.destination;

/**
 * What proves that a stored file is the one that was written.
 *
 * @param size length in bytes
 * @param sha256 SHA-256 of the bytes, 64 lower-case hexadecimal digits
 */
public record Proof(long size, String sha256) {}
