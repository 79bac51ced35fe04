package org.cytobeam.transforms.images;

/**
 * A name, whatever the number of its rows.
 *
 * @param name as the tables have it
 * @param input where it stands first
 * @param rows how many rows have it
 */
record MergedName(String name, String input, long rows) {}
