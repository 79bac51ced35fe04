package org.cytobeam.transforms.images;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Keys and names of few parts, so that many of them fit each other in all ways there are. */
final class AnyKeys {

  private AnyKeys() {}

  static Arbitrary<String> any() {
    return Arbitraries.of(
            "a", "b", "A", ".", "..", "/", ".png", ".jpg", ".PNG", "p/", "é", "\ud83e\uddec")
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(parts -> String.join("", parts));
  }

  static Arbitrary<String> prefixes() {
    return Arbitraries.of("", "p/", "p", "a", "p/a");
  }
}
