package org.cytobeam.transforms.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.cytobeam.io.destination.SafeName;
import org.cytobeam.transforms.images.MatchRules.Ambiguous;
import org.cytobeam.transforms.images.MatchRules.Match;
import org.cytobeam.transforms.images.MatchRules.SaveAs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SavedPathTest {

  private static String path(String prefix, SaveAs as, boolean keepPath, String name, String key) {
    return SavedPath.of(
        new MatchRules("b", prefix, Match.STEM, Set.of(), Ambiguous.FAIL, as, keepPath), name, key);
  }

  @ParameterizedTest
  @CsvSource({
    "p/, NAME, false, x.jpg, p/d/x.png, x.jpg",
    "p/, NAME, false, s/x.jpg, p/d/x.png, s/x.jpg",
    "p/, NAME, false, s3://b/p/d/x.jpg, p/d/x.jpg, p/d/x.jpg",
    "p/, KEY, false, s/x.jpg, p/d/x.png, x.png",
    "p/, NAME, true, s/x.jpg, p/d/x.png, d/x.jpg",
    "p/, KEY, true, s/x.jpg, p/d/x.png, d/x.png",
    "p, KEY, true, s/x.jpg, p/d/x.png, d/x.png",
    "p/pla, KEY, true, x.jpg, p/plate/x.png, plate/x.png",
    "'', KEY, true, x.jpg, p/plate/x.png, p/plate/x.png",
    "p/, KEY, true, x.jpg, p//x.png, %2Fx.png",
    "p/, KEY, false, x.jpg, p/x/, x%2F",
    "p/, NAME, false, ../../etc/passwd, p/passwd, %2E%2E/%2E%2E/etc/passwd",
    "p/, NAME, false, /etc/passwd, p/passwd, %2Fetc/passwd",
    "p/, NAME, false, C:\\x, p/x, C%3A%5Cx",
    "p/, NAME, false, _cytobeam/x, p/x, %5Fcytobeam/x",
    "p/, NAME, false, a//b/, p/x, a/%2Fb%2F",
    "p/, NAME, false, download_state.json, p/x, %64ownload_state.json",
    "p/, KEY, false, x, p/Download_State.JSON, %44ownload_State.JSON",
    "p/, NAME, false, logs/x.jpg, p/x.jpg, %6Cogs/x.jpg",
    "p/, KEY, true, x, p/LOGS/x.jpg, %4COGS/x.jpg",
    "p/, NAME, false, a/logs, p/x, a/logs",
    "p/, NAME, false, a/download_state.json, p/x, a/download_state.json",
    "p/, NAME, false, logs.txt, p/x, logs.txt",
  })
  void filesLieInside(
      String prefix, SaveAs as, boolean keepPath, String name, String key, String expected) {
    assertThat(path(prefix, as, keepPath, name, key), is(expected));
  }

  @Test
  void whatNoFileCanBeCalledIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> path("", SaveAs.NAME, false, "x".repeat(256), "x"));
    assertThrows(
        IllegalArgumentException.class,
        () -> path("", SaveAs.NAME, false, "x/".repeat(600) + "y", "x"));
  }

  @Property
  void namesComeBackFromPaths(@ForAll("names") String name, @ForAll("names") String other) {
    String path = SavedPath.ofName(name);
    String back =
        Arrays.stream(path.split("/", -1)).map(SafeName::decode).collect(Collectors.joining("/"));

    assertThat(back, is(name));
    if (!name.equals(other)) {
      assertThat(SavedPath.ofName(other), is(not(path)));
    }
  }

  @Provide
  static Arbitrary<String> names() {
    return AnyKeys.any();
  }
}
