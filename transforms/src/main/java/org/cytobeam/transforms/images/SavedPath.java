package org.cytobeam.transforms.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.cytobeam.io.destination.SafeName;

/**
 * The path of an object's file in the output folder.
 *
 * <p>Each part between slashes is made safe by {@link SafeName}, so that {@code ..} is the name of
 * a file and leads nowhere. A slash beside an empty part, as at the beginning or where two meet, is
 * escaped as part of its neighbour. Of {@code download_state.json} and {@code logs} at the top of
 * the output folder, which the job writes itself, the first letter is escaped, whatever its case.
 * So different names have different paths, and {@link SafeName#decode} of a path's parts gives the
 * name back.
 */
final class SavedPath {

  /** The longest path in bytes, that of S3's keys: file systems allow about four times that. */
  static final int MAX_BYTES = 1024;

  private static final Set<String> RESERVED = Set.of(DownloadState.FILE, "logs");

  private SavedPath() {}

  /**
   * Returns the path of a file.
   *
   * @param name as the table has it
   * @param key of the object
   * @throws IllegalArgumentException if no file can be called so
   */
  static String of(MatchRules rules, String name, String key) {
    boolean byKey = rules.saveAs() == MatchRules.SaveAs.KEY;
    if (!rules.keepPath()) {
      return byKey ? path(List.of(last(key))) : ofName(name);
    }
    List<String> parts = new ArrayList<>(parts(behindPrefix(rules.prefix(), key)));
    parts.set(parts.size() - 1, last(byKey ? key : WantedName.key(name)));
    return path(parts);
  }

  /**
   * Returns the path of a file that is called as its name in the table.
   *
   * @throws IllegalArgumentException if no file can be called so
   */
  static String ofName(String name) {
    return path(parts(WantedName.key(name)));
  }

  /** A prefix may be a folder with its slash or without, or end in the middle of a name. */
  private static String behindPrefix(String prefix, String key) {
    boolean isFolder = !prefix.isEmpty() && !prefix.endsWith("/") && key.startsWith(prefix + "/");
    String folder = isFolder ? prefix + "/" : prefix.substring(0, prefix.lastIndexOf('/') + 1);
    return key.substring(folder.length());
  }

  private static String last(String text) {
    List<String> parts = parts(text);
    return parts.get(parts.size() - 1);
  }

  /** Returns the parts between slashes, none of them empty unless the whole text is. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', slash + 1)) {
      boolean isLast = slash == text.length() - 1;
      boolean isBesideNothing = text.substring(start, slash).chars().allMatch(c -> c == '/');
      if (!isLast && !isBesideNothing) {
        parts.add(text.substring(start, slash));
        start = slash + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static String path(List<String> parts) {
    List<String> names = new ArrayList<>(parts.stream().map(SafeName::encode).toList());
    names.set(0, unreserved(names.get(0)));
    String path = String.join("/", names);
    int bytes = path.getBytes(UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "A file's path has at most " + MAX_BYTES + " bytes, not " + bytes);
    }
    return path;
  }

  private static String unreserved(String name) {
    return RESERVED.contains(SafeName.clashKey(name))
        ? "%"
            + HexFormat.of().withUpperCase().toHexDigits((byte) name.charAt(0))
            + name.substring(1)
        : name;
  }
}
