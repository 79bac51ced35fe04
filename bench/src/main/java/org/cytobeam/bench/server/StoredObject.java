package org.cytobeam.bench.server;

/**
 * An object that the server holds.
 *
 * @param content its bytes
 * @param etag its entity tag without quotation marks
 */
record StoredObject(Content content, String etag) {}
