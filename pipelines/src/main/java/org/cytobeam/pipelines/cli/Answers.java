package org.cytobeam.pipelines.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people type when they are asked, line by line.
 *
 * <p>A thread of its own waits for the lines: nothing ends a read of the standard input, and a
 * command that is stopped must not wait for it. It begins with the first question. For use by one
 * thread.
 */
public final class Answers {

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private final InputStream in;
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
  private boolean isReading;
  private boolean hasEnded;

  /** Creates answers that are the lines of a stream. */
  public Answers(InputStream in) {
    this.in = in;
  }

  /** Waits for the next line; returns nothing at the end of the input, or if it is to stop. */
  public Optional<String> next(Interrupt interrupt) {
    if (hasEnded) {
      return Optional.empty();
    }
    if (!isReading) {
      isReading = true;
      interrupt.onRequest(() -> lines.add(Optional.empty()));
      Thread reader = new Thread(this::read, "answers");
      reader.setDaemon(true);
      reader.start();
    }
    try {
      Optional<String> line = lines.take();
      hasEnded = line.isEmpty();
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void read() {
    try {
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(Optional.of(line));
      }
    } catch (IOException e) {
      LOG.debug("The input can't be read any more", e);
    }
    lines.add(Optional.empty());
  }
}
