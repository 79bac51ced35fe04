package org.cytobeam.io.destination;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class TemporaryNameTest {

  private static final RunId RUN = new RunId("20261122T093000Z-1a2b3c4d");

  private final TemporaryName names = new TemporaryName(RUN);

  @Example
  void namesTheFinalFileAndTheRun() {
    assertThat(
        names.next("a.b.png"),
        matchesPattern("\\.a\\.b\\.png\\.20261122T093000Z-1a2b3c4d\\.[0-9a-f]{8}-[0-9a-f]+\\.tmp"));
  }

  @Example
  void neverRepeats() {
    assertThat(names.next("a"), is(not(new TemporaryName(RUN).next("a"))));
  }

  @Property
  void isShortAndGivesTheRunBack(@ForAll @StringLength(min = 1, max = 300) String name) {
    String temporary = names.next(name);
    assertThat(temporary.getBytes(UTF_8).length, lessThanOrEqualTo(TemporaryName.MAX_BYTES));
    assertThat(TemporaryName.runOf(temporary), is(Optional.of(RUN)));
  }

  @Example
  void cutsBetweenCharacters() {
    String temporary = names.next("x" + "\uD83D\uDD2C".repeat(60));
    assertThat(new String(temporary.getBytes(UTF_8), UTF_8), is(temporary));
  }

  @Property
  void takesNothingElseForATemporary(@ForAll String name) {
    assertThat(TemporaryName.runOf(name), is(Optional.empty()));
  }

  @Example
  void takesNoSimilarNameForATemporary() {
    for (String name :
        new String[] {
          ".tmp",
          "..tmp",
          "...tmp",
          ".a.tmp",
          ".20261122T093000Z-1a2b3c4d.tmp",
          "a.20261122T093000Z-1a2b3c4d.1-1.tmp",
          ".a.20261122T093000Z-1a2b3c4d.1-1.png",
          ".a.20261122T093000Z-1A2B3C4D.1-1.tmp"
        }) {
      assertThat(name, TemporaryName.runOf(name), is(Optional.empty()));
    }
  }
}
