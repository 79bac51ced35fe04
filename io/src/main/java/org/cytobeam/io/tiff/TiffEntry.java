package org.cytobeam.io.tiff;

/**
 * One entry of a directory, as the file states it: nothing in it has been checked.
 *
 * @param tag number of the tag, 0 to 65,535
 * @param typeCode number of the type, of which {@link TiffType#of} may know nothing
 * @param count number of values, to be read as unsigned
 * @param offset where in the file the first value lies, to be read as unsigned
 */
public record TiffEntry(int tag, int typeCode, long count, long offset) {}
