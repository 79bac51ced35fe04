package org.cytobeam.io.destination;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A log whose lines are gathered into numbered objects. */
final class S3LineLog implements LineLog {

  static final int SEGMENT_LINES = 256;
  static final Duration SEGMENT_TIME = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(S3LineLog.class);

  private final Destination destination;
  private final String path;
  private final Ticker.Tick tick;
  private final List<String> gathered = new ArrayList<>();
  private int segments;

  /** Begins a log; {@code path} has an extension. */
  S3LineLog(Destination destination, String path, Ticker ticker) {
    this.destination = destination;
    this.path = path;
    this.tick = ticker.every(SEGMENT_TIME, this::flushInTime);
  }

  /** Returns the path of a segment of a log; the first is 1. */
  static String segment(String path, int number) {
    int dot = path.lastIndexOf('.');
    return path.substring(0, dot)
        + String.format(Locale.ROOT, "-%06d", number)
        + path.substring(dot);
  }

  @Override
  public synchronized void append(String line) throws IOException {
    LineLogs.checkLine(line);
    gathered.add(line);
    if (gathered.size() >= SEGMENT_LINES) {
      flush();
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    if (gathered.isEmpty()) {
      return;
    }
    destination.put(
        segment(path, segments + 1), (String.join("\n", gathered) + "\n").getBytes(UTF_8));
    segments++;
    gathered.clear();
  }

  @Override
  public void close() throws IOException {
    tick.close();
    flush();
  }

  @Override
  public synchronized void discard() {
    tick.close();
    gathered.clear();
  }

  /** Lines that can't be put now are kept: the next call of the log's user will meet the fault. */
  private void flushInTime() {
    try {
      flush();
    } catch (IOException | RuntimeException e) {
      LOG.warn("Lines of {} could not be put yet", destination.address(path), e);
    }
  }
}
