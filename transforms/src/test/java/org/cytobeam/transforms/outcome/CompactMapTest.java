package org.cytobeam.transforms.outcome;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class CompactMapTest {

  @Property(tries = 200)
  void aCopyIsEqual(@ForAll Map<String, String> map) {
    assertThat(CompactMap.copyOf(map), is(map));
    assertThat(CompactMap.ofTexts(map), is(map));
  }

  @Test
  void aCopyStaysAsItIs() {
    Map<String, Double> map = new HashMap<>(Map.of("a", 1.0));
    Map<String, Double> copy = CompactMap.copyOf(map);
    map.put("b", 2.0);

    assertThat(copy, is(Map.of("a", 1.0)));
    assertThrows(UnsupportedOperationException.class, () -> copy.put("c", 3.0));
  }

  @Test
  void equalTextsAreOne() {
    assertThat(
        CompactMap.one(String.copyValueOf("well".toCharArray())),
        sameInstance(CompactMap.one(String.copyValueOf("well".toCharArray()))));
  }
}
