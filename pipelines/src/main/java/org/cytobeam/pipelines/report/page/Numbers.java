package org.cytobeam.pipelines.report.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Numbers and times as the page shows them, the same in every place and language. */
public final class Numbers {

  private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB", "PB", "EB");
  private static final int THOUSAND = 1000;
  private static final int MINUTE = 60;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Numbers() {}

  /** Returns a whole number with commas between thousands. */
  public static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns a number rounded to a whole one. */
  public static String whole(double number) {
    return whole(Math.round(number));
  }

  /** Returns a number with the word for what is counted: {@code 1 image}, {@code 2 images}. */
  public static String of(long number, String noun) {
    return whole(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** Returns a length in decimal units, such as {@code 1.5 MB}. */
  public static String bytes(long bytes) {
    if (bytes < THOUSAND) {
      return bytes + " B";
    }
    double value = bytes;
    String unit = "B";
    for (int i = 0; i < UNITS.size() && value >= THOUSAND - 0.5; i++) {
      value /= THOUSAND;
      unit = UNITS.get(i);
    }
    return String.format(Locale.ROOT, value < 100 ? "%.1f %s" : "%.0f %s", value, unit);
  }

  /** Returns a share as per cent; what is not quite none or all is never shown as that. */
  public static String percent(double share) {
    if (share > 0 && share < 0.001) {
      return "< 0.1 %";
    } else if (share < 1 && share > 0.999) {
      return "> 99.9 %";
    }
    return String.format(Locale.ROOT, "%.1f %%", 100 * share).replace(".0 %", " %");
  }

  /** Returns a time that something took, such as {@code 2 h 05 min}. */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < MINUTE) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / (double) THOUSAND);
    } else if (seconds < MINUTE * MINUTE) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / MINUTE, seconds % MINUTE);
    }
    long minutes = seconds / MINUTE;
    return String.format(Locale.ROOT, "%d h %02d min", minutes / MINUTE, minutes % MINUTE);
  }

  /** Returns how many there were a second, with a digit more where they are few. */
  public static String rate(long count, Duration duration) {
    double seconds = duration.toMillis() / (double) THOUSAND;
    double rate = seconds > 0 ? count / seconds : 0;
    return rate < 10 ? String.format(Locale.ROOT, "%.1f", rate) : whole(rate);
  }

  /** Returns a point of time to the second. */
  public static String time(Instant time) {
    return TIME.format(time);
  }
}
