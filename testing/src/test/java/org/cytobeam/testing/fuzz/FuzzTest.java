package org.cytobeam.testing.fuzz;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FuzzTest {

  @Test
  void givesTheSameInputsEachTimeAndOthersToOthers() {
    List<Long> once = inputs("a");

    assertThat(once, hasSize(20));
    assertThat(new HashSet<>(once), hasSize(20));
    assertThat(inputs("a"), is(once));
    assertThat(inputs("b").equals(once), is(false));
  }

  private static List<Long> inputs(String name) {
    List<Long> inputs = new ArrayList<>();
    fuzz(name).run(20, null, null, random -> inputs.add(random.nextLong()));
    return inputs;
  }

  private static Fuzz fuzz(String name) {
    return new Fuzz(name, () -> 0);
  }

  @Test
  void namesTheSeedThatMadeItFailAndRepeatsIt() {
    List<Long> repeated = new ArrayList<>();

    AssertionError failure =
        assertThrows(
            AssertionError.class,
            () ->
                fuzz("a")
                    .run(
                        1000,
                        null,
                        null,
                        random -> {
                          if (random.nextInt(100) == 7) {
                            throw new IOException("seven");
                          }
                        }));
    String message = String.valueOf(failure.getMessage());
    assertThat(message, containsString("a fails: java.io.IOException: seven. "));
    long seed = Long.parseLong(message.replaceAll(".*seed=(-?[0-9]+) repeats it", "$1"));

    fuzz("a").run(1000, seed, null, random -> repeated.add((long) random.nextInt(100)));
    assertThat(repeated, is(List.of(7L)));
  }

  @Test
  void goesOnForAsLongAsAsked() {
    AtomicLong time = new AtomicLong();
    AtomicLong given = new AtomicLong();
    Fuzz fuzz = new Fuzz("a", () -> time.getAndAdd(Duration.ofSeconds(4).toNanos()));

    fuzz.run(20, null, 10, random -> given.incrementAndGet());

    assertThat(given.get(), is(1500L));
  }

  @Test
  void damagesFilesInManyWays() {
    byte[] file = new byte[200];
    Arrays.fill(file, (byte) 'x');
    Set<Integer> lengths = new HashSet<>();
    Set<Byte> values = new HashSet<>();
    Damage damage = new Damage((byte) ',');

    fuzz("a")
        .run(
            5000,
            null,
            null,
            random -> {
              byte[] damaged = damage.of(file, random);
              lengths.add(damaged.length);
              for (byte value : damaged) {
                values.add(value);
              }
            });

    assertThat(lengths.size(), is(greaterThan(200)));
    assertThat(values, hasSize(256));
    for (byte value : file) {
      assertThat(value, is((byte) 'x'));
    }
  }

  @Test
  void damagesTheShortestFileToo() {
    fuzz("a").run(500, null, null, random -> new Damage().of(new byte[1], random));
  }
}
