package org.cytobeam.transforms.images;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cytobeam.io.table.TableException;
import org.jspecify.annotations.Nullable;

/** Which column of a table has the names. */
final class NameColumn {

  /** What such columns are mostly called. */
  private static final Set<String> USUAL =
      Set.of("name", "filename", "file_name", "file", "key", "path", "image", "uri");

  /** More columns than these are not listed in a message. */
  private static final int MOST_LISTED = 30;

  /** Opens the file from its start. */
  @FunctionalInterface
  interface Source {
    /** Opens it; the caller closes it. */
    SeekableByteChannel open() throws IOException;
  }

  private NameColumn() {}

  /** Returns whether a column with such a heading mostly has names. */
  static boolean isUsual(String heading) {
    return USUAL.contains(heading.toLowerCase(Locale.ROOT));
  }

  /**
   * Returns the column to read.
   *
   * @param wanted the one that is asked for, or null
   * @throws TableException if it is not there, or can't be told; the message has all there are
   */
  static String of(String table, List<String> columns, @Nullable String wanted)
      throws TableException {
    if (wanted != null) {
      if (!columns.contains(wanted)) {
        throw new TableException(
            table, "there is no column " + wanted + "; there are: " + listed(columns));
      }
      return wanted;
    }
    if (columns.size() == 1) {
      return columns.get(0);
    }
    List<String> usual = columns.stream().filter(NameColumn::isUsual).toList();
    if (usual.size() != 1) {
      throw new TableException(
          table,
          (usual.isEmpty() ? "no column is called as one of names is" : "several may be the column")
              + "; choose with --column: "
              + listed(columns));
    }
    return usual.get(0);
  }

  private static String listed(List<String> columns) {
    String first = String.join(", ", columns.subList(0, Math.min(MOST_LISTED, columns.size())));
    int more = columns.size() - MOST_LISTED;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
