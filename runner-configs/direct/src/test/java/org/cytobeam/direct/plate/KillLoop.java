package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyArray;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.cytobeam.testing.plate.OutputFiles;
import org.junit.jupiter.api.TestReporter;

/**
 * Kills runs of one job at random moments, each over what the ones before left, until the job is
 * done; then again in another folder.
 *
 * <p>The moments lie in all of a run's life: a third while it starts, a third while it makes
 * images, a third while it writes its tables and ends. They differ from one test run to the next;
 * {@code -Dcytobeam.kill.seed} takes those of the seed that a failed one names.
 */
public final class KillLoop {

  private static final String SEED = "cytobeam.kill.seed";

  /** One who starts so often without being killed has no moments that strike. */
  private static final int MOST_STARTS_A_KILL = 3;

  /**
   * What is killed.
   *
   * @param words of its command, without the output folder
   * @param images how many PNGs it makes, which are all its items
   * @param isResult whether a path in the output folder is that of a file which is the same after
   *     each run
   */
  public record Job(List<String> words, int images, Predicate<String> isResult) {}

  private enum Phase {
    START,
    IMAGES,
    TABLES
  }

  /** How long the phases of a run take that nobody disturbs, in milliseconds. */
  private record Pace(long start, long images, long tables) {

    long life() {
      return start + images + tables;
    }
  }

  private final Path folder;
  private final Path temporary;
  private final Job job;
  private final int images;
  private final KillTarget target;
  private final long seed;
  private final Random random;
  private final List<String> history = new ArrayList<>();

  /**
   * Creates a loop that has not begun.
   *
   * @param folder where what a run prints is kept; a folder in it is the runs' place for temporary
   *     files, which all of them, killed ones too, leave empty
   * @param seed of the moments
   */
  private KillLoop(Path folder, Job job, KillTarget target, long seed) throws IOException {
    this.folder = folder;
    this.temporary = Files.createDirectory(folder.resolve("tmp"));
    this.job = job;
    this.images = job.images();
    this.target = target;
    this.seed = seed;
    this.random = new Random(seed);
  }

  /**
   * Kills so many runs, and lets the last folder be finished.
   *
   * @param folder where what a run prints is kept
   * @param reporter is told the seed, and each moment
   */
  public static void kill(int kills, Job job, KillTarget target, Path folder, TestReporter reporter)
      throws Exception {
    Long given = Long.getLong(SEED);
    long seed = given == null ? ThreadLocalRandom.current().nextLong() : given;
    KillLoop loop = new KillLoop(folder, job, target, seed);
    try {
      loop.run(kills);
    } catch (Throwable e) {
      e.addSuppressed(new AssertionError(String.join("\n", loop.history)));
      throw e;
    } finally {
      reporter.publishEntry("kills", String.join("\n", loop.history));
    }
  }

  private void run(int kills) throws IOException, InterruptedException {
    Pace pace = undisturbed();
    SortedMap<String, String> tree = results(target.files());
    target.renew();
    int killed = 0;
    int starts = 0;
    while (killed < kills) {
      starts++;
      assertThat(told("runs that were killed"), starts <= kills * MOST_STARTS_A_KILL, is(true));
      if (isKilled(pace)) {
        killed++;
        target.freeLocks();
        assertThat(
            told("whole files under their names"),
            results(target.files().withoutTemporaries()).entrySet(),
            everyItem(is(in(tree.entrySet()))));
      } else {
        assertComplete(tree);
        target.renew();
      }
    }
    toTheEnd();
    assertComplete(tree);
  }

  private Pace undisturbed() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    try (ChildCommand child = start()) {
      child.awaitWhileAlive(() -> target.images() > 0);
      long first = System.nanoTime();
      child.awaitWhileAlive(() -> target.images() == images);
      long last = System.nanoTime();
      assertThat(child.err(), child.awaitEnd(), is(0));
      Pace pace =
          new Pace(millis(first - begun), millis(last - first), millis(System.nanoTime() - last));
      history.add("seed " + seed + ", " + pace);
      return pace;
    }
  }

  private SortedMap<String, String> results(OutputFiles files) {
    SortedMap<String, String> results = files.tree();
    results.keySet().removeIf(job.isResult().negate());
    return results;
  }

  private static long millis(long nanos) {
    return Duration.ofNanos(nanos).toMillis();
  }

  private void toTheEnd() throws IOException, InterruptedException {
    try (ChildCommand child = start()) {
      int code = child.awaitEnd();
      assertThat(told(child.err()), code, is(0));
    }
  }

  private boolean isKilled(Pace pace) throws IOException, InterruptedException {
    int before = target.images();
    Phase phase = Phase.values()[random.nextInt(Phase.values().length)];
    try (ChildCommand child = start()) {
      boolean isOver =
          before == images
              ? delay(child, "life", pace.life())
              : awaitMoment(child, phase, before, pace);
      child.kill();
      history.add(
          before
              + " images before, "
              + target.images()
              + " after"
              + (isOver ? ", ended by itself" : ""));
      if (isOver) {
        int code = child.awaitEnd();
        assertThat(told(child.err()), code, is(0));
      }
      return !isOver;
    }
  }

  /** Returns whether the run was over before the moment came. */
  private boolean awaitMoment(ChildCommand child, Phase phase, int before, Pace pace)
      throws IOException, InterruptedException {
    switch (phase) {
      case START -> {
        return delay(child, "start", pace.start());
      }
      case IMAGES -> {
        int atLeast = before + random.nextInt(images - before);
        history.add("killed at " + atLeast + " images");
        return !child.awaitUnlessItEnds(() -> target.images() > atLeast);
      }
      case TABLES -> {
        return !child.awaitUnlessItEnds(() -> target.images() == images)
            || delay(child, "tables", pace.tables());
      }
    }
    throw new IllegalStateException("no phase " + phase);
  }

  private boolean delay(ChildCommand child, String within, long most) throws InterruptedException {
    long delay = random.nextLong(most + 1);
    history.add("killed after " + delay + " ms of " + within);
    return child.endsWithin(Duration.ofMillis(delay));
  }

  private ChildCommand start() throws IOException {
    List<String> flags = new ArrayList<>(ChildCommand.QUICK);
    flags.add("-Djava.io.tmpdir=" + temporary);
    // Beam packs its steps with snappy-java, which unpacks its native library into a file that it
    // deletes when the process ends in order: the one file that a killed run leaves there.
    flags.add("-Dorg.xerial.snappy.tempdir=" + folder);
    flags.addAll(target.flags());
    return new ChildCommand(
        folder, flags, Stream.concat(job.words().stream(), target.options().stream()).toList());
  }

  private void assertComplete(Map<String, String> tree) throws IOException {
    OutputFiles files = target.files();
    assertThat(told("the same tree"), results(files), is(tree));
    assertThat(told("nothing unfinished"), target.unfinished(), is(empty()));
    assertThat(told("no temporary files"), temporary.toFile().list(), is(emptyArray()));
    assertThat(
        told("the journal is merged"),
        files.files().keySet().stream().filter(path -> path.contains("/journal/")).toList(),
        is(empty()));
    assertThat(
        told("one row an item"),
        files.text("_cytobeam/manifest.jsonl").lines().toList(),
        hasSize(images));
    for (JsonNode row : files.manifest().values()) {
      assertThat(told(row.toString()), row.path("status").asText(), is("done"));
    }
  }

  private String told(String what) {
    return what + "; " + String.join("; ", history);
  }
}
