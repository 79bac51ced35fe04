package org.cytobeam.io.table;

import org.jspecify.annotations.Nullable;

/**
 * One line of a text.
 *
 * @param number which line of the file it is, from 1
 * @param text what stands in it, without blanks around; empty if it has a problem
 * @param problem why it can't be read, in words for whoever owns the file, or null if it can
 */
public record TextLine(long number, String text, @Nullable String problem) {}
