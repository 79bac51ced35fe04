package org.cytobeam.pipelines.log;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** The names of logs for people that stand beside the output, where older programs put theirs. */
public final class BriefLog {

  /** In a bucket a log is objects, which have a number each. */
  private static final Pattern PATH =
      Pattern.compile("logs/download_[0-9]{8}_[0-9]{6}(-[0-9]+)?\\.log");

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'logs/download_'uuuuMMdd_HHmmss'.log'", Locale.ROOT);

  private BriefLog() {}

  /** Returns the path in the output folder of the log of a run that started at a time. */
  public static String path(Instant start, ZoneId zone) {
    return NAME.format(start.atZone(zone));
  }

  /** Returns whether a file of an output folder is such a log. */
  public static boolean isAt(String path) {
    return PATH.matcher(path).matches();
  }
}
