package org.cytobeam.transforms.outcome;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.beam.sdk.util.SerializableUtils;

class ItemSetTest {

  @Property
  void containsWhatASetOfIdsContains(
      @ForAll Set<String> ids, @ForAll Set<String> others, @ForAll String another) {
    ItemSet items = SerializableUtils.ensureSerializable(ItemSet.of(ids));

    assertThat(items.size(), is(ids.size()));
    ids.forEach(id -> assertThat(id, items.contains(id), is(true)));
    others.forEach(id -> assertThat(id, items.contains(id), is(ids.contains(id))));
    assertThat(items.contains(another), is(ids.contains(another)));
  }
}
