package org.cytobeam.transforms.flow;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

final class ItemBytesTest {

  @Test
  void aGuessUntilALengthIsKnown() throws Exception {
    try (Shared.Lease<ItemBytes> itemBytes = ItemBytes.lease("run")) {
      assertThat(itemBytes.get().items(1_000_000, 16), is(1));
      assertThat(itemBytes.get().items(12 << 20, 16), is(3));
    }
  }

  @Test
  void manyItemsWhereNoneNeedsAnyBytes() throws Exception {
    try (Shared.Lease<ItemBytes> itemBytes = ItemBytes.lease("run")) {
      for (int i = 0; i < 300; i++) {
        itemBytes.get().seen(0);
      }
      assertThat(itemBytes.get().items(1_000_000, 16), is(16));

      itemBytes.get().seen(500_000);
      assertThat(itemBytes.get().items(1_000_000, 16), is(2));
    }
  }

  @Test
  void asManyItemsAsFit() throws Exception {
    try (Shared.Lease<ItemBytes> itemBytes = ItemBytes.lease("run")) {
      itemBytes.get().seen(100);

      assertThat(itemBytes.get().items(1000, 16), is(10));
      assertThat(itemBytes.get().items(99, 16), is(1));
      assertThat(itemBytes.get().items(1_000_000, 16), is(16));
    }
  }

  @Test
  void aLongItemCountsAtOnceAndIsForgottenSlowly() throws Exception {
    try (Shared.Lease<ItemBytes> itemBytes = ItemBytes.lease("run")) {
      itemBytes.get().seen(100);
      itemBytes.get().seen(1000);
      assertThat(itemBytes.get().items(1000, 16), is(1));

      for (int i = 0; i < 64; i++) {
        itemBytes.get().seen(100);
      }
      assertThat(itemBytes.get().items(1000, 16), is(2));

      for (int i = 0; i < 1000; i++) {
        itemBytes.get().seen(100);
      }
      assertThat(itemBytes.get().items(1000, 16), is(6));
    }
  }

  @Test
  void stepsOfOneRunShareIt() throws Exception {
    try (Shared.Lease<ItemBytes> fetching = ItemBytes.lease("run");
        Shared.Lease<ItemBytes> handingOut = ItemBytes.lease("run");
        Shared.Lease<ItemBytes> other = ItemBytes.lease("another run")) {
      fetching.get().seen(100);

      assertThat(handingOut.get().items(1000, 16), is(10));
      assertThat(other.get().items(1000, 16), is(1));
    }
  }
}
