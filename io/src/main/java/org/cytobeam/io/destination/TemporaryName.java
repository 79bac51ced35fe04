package org.cytobeam.io.destination;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The names under which files are written before they are whole: {@code
 * .<final>.<run>.<attempt>.tmp}.
 *
 * <p>The attempt differs between calls and, by chance, between processes; so two that write the
 * same file at once never share a temporary. From a name the run can be read again.
 */
final class TemporaryName {

  /**
   * The longest name written, in bytes. Most file systems take 255, eCryptfs 143: so a file's
   * temporary name is never what makes it too long.
   */
  static final int MAX_BYTES = 143;

  private static final String END = ".tmp";
  private static final String PROCESS =
      String.format(Locale.ROOT, "%08x", ThreadLocalRandom.current().nextInt());
  private static final AtomicLong CALLS = new AtomicLong();

  private final RunId run;

  TemporaryName(RunId run) {
    this.run = run;
  }

  /** Returns a name that was not returned before. */
  String next(String finalName) {
    String attempt = PROCESS + "-" + Long.toHexString(CALLS.incrementAndGet());
    String tail = "." + run + "." + attempt + END;
    return "." + prefix(finalName, MAX_BYTES - 1 - tail.length()) + tail;
  }

  /** Returns the run that wrote under a name, or empty if it is no temporary of ours. */
  static Optional<RunId> runOf(String name) {
    if (!name.startsWith(".") || !name.endsWith(END)) {
      return Optional.empty();
    }
    int attempt = name.lastIndexOf('.', name.length() - END.length() - 1);
    int run = name.lastIndexOf('.', attempt - 1);
    if (run < 1) {
      return Optional.empty();
    }
    String id = name.substring(run + 1, attempt);
    return RunId.isRunId(id) ? Optional.of(new RunId(id)) : Optional.empty();
  }

  /** Returns the longest prefix of whole characters that takes at most so many bytes. */
  private static String prefix(String name, int bytes) {
    int end = 0;
    int taken = 0;
    while (end < name.length()) {
      int next = name.offsetByCodePoints(end, 1);
      taken += name.substring(end, next).getBytes(UTF_8).length;
      if (taken > bytes) {
        break;
      }
      end = next;
    }
    return name.substring(0, end);
  }
}
