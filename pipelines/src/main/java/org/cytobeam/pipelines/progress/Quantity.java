package org.cytobeam.pipelines.progress;

import java.time.Duration;
import java.util.Locale;

/** Counts, bytes and times as people read them, the same in every locale. */
public final class Quantity {

  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  private static final double STEP = 1000;

  /** From here on three digits stand before the point, and one behind it says nothing. */
  private static final double NO_FRACTION = 99.95;

  private Quantity() {}

  /** Returns a number with commas between thousands: {@code 17,280}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Returns bytes in units of 1,000: {@code 2.5 MB}, {@code 113 MB}. */
  public static String bytes(double bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= STEP - 0.5 && unit < BYTE_UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    String number = unit == 0 ? String.format(Locale.ROOT, "%.0f", value) : decimal(value);
    return number + " " + BYTE_UNITS[unit];
  }

  /** Returns a rate: {@code 7.5/s}, {@code 113/s}. */
  public static String rate(double perSecond) {
    return decimal(perSecond) + "/s";
  }

  /**
   * Returns a time in its two largest units: {@code 42 s}, {@code 4 min 22 s}, {@code 3 h 5 min}.
   */
  public static String time(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    } else if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    } else if (time.toDays() < 1) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
    return time.toDays() + " d " + time.toHoursPart() + " h";
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, value < NO_FRACTION ? "%.1f" : "%.0f", value);
  }
}
