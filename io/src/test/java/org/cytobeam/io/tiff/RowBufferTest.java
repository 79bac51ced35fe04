package org.cytobeam.io.tiff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;

import org.junit.jupiter.api.Test;

final class RowBufferTest {

  @Test
  void isUsedAgainByTheThreadThatGaveItBack() {
    byte[] buffer = new byte[100];
    RowBuffer.giveBack(buffer);

    assertThat(RowBuffer.take(), sameInstance(buffer));
  }

  @Test
  void isOnesOwnWhileItIsInUse() {
    RowBuffer.giveBack(new byte[100]);

    assertThat(RowBuffer.take(), not(sameInstance(RowBuffer.take())));
  }

  @Test
  void isNotKeptIfItIsLong() {
    RowBuffer.take();
    RowBuffer.giveBack(new byte[(16 << 20) + 1]);

    assertThat(RowBuffer.take().length, is(0));
  }
}
