package org.cytobeam.pipelines.options;

import java.util.regex.Pattern;

/** Words as a POSIX shell reads them. */
final class ShellWord {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellWord() {}

  /** Returns what a shell reads as a text: the text itself if that is plain, else quoted. */
  static String of(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
