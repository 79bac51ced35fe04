package org.cytobeam.pipelines.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, bytes and times as people read them, the same in every locale. */
public final class Quantity {

  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  private static final double STEP = 1000;
  private static final int MINUTE = 60;

  /** From here on three digits stand before the point, and one behind it says nothing. */
  private static final double NO_FRACTION = 99.95;

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Quantity() {}

  /** Returns a whole number with commas between thousands: {@code 17,280}. */
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

  /** Returns a share as per cent; what is not quite none or all is never shown as that. */
  public static String percent(double share) {
    if (share > 0 && share < 0.001) {
      return "< 0.1 %";
    } else if (share < 1 && share > 0.999) {
      return "> 99.9 %";
    }
    return String.format(Locale.ROOT, "%.1f %%", 100 * share).replace(".0 %", " %");
  }

  /** Returns how many there are a second: {@code 7.5}, {@code 113}, {@code 1,234}. */
  public static String rate(double perSecond) {
    return decimal(perSecond);
  }

  /** Returns how many there were a second; none if that took no time. */
  public static String rate(long count, Duration time) {
    double seconds = time.toMillis() / STEP;
    return rate(seconds > 0 ? count / seconds : 0);
  }

  /**
   * Returns a time in its two largest units: {@code 42 s}, {@code 4 min 02 s}, {@code 3 h 05 min}.
   */
  public static String time(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < MINUTE) {
      return seconds + " s";
    } else if (time.toHours() < 1) {
      return twoUnits(time.toMinutes(), "min", time.toSecondsPart(), "s");
    } else if (time.toDays() < 1) {
      return twoUnits(time.toHours(), "h", time.toMinutesPart(), "min");
    }
    return twoUnits(time.toDays(), "d", time.toHoursPart(), "h");
  }

  /** As {@link #time}, for what was measured: to a tenth of a second below a minute. */
  public static String took(Duration time) {
    return time.toSeconds() < MINUTE
        ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / STEP)
        : time(time);
  }

  /** Returns a point of time to the second: {@code 2026-11-22 09:30:00 UTC}. */
  public static String moment(Instant time) {
    return MOMENT.format(time);
  }

  private static String twoUnits(long large, String largeUnit, int small, String smallUnit) {
    return String.format(Locale.ROOT, "%d %s %02d %s", large, largeUnit, small, smallUnit);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, value < NO_FRACTION ? "%.1f" : "%,.0f", value);
  }
}
