package org.cytobeam.transforms.outcome;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;

final class OutcomeCoderTest {

  @Test
  void everyKindOfOutcomeSurvives() throws Exception {
    Outcome pending = Outcome.pending(Rows.item("a.png"));
    List<Outcome> outcomes =
        List.of(
            pending,
            pending.withBytes(new byte[] {1, 2, 0, -1}, Rows.facts("a.png")),
            pending.withBytes(new byte[0], Facts.none()),
            pending.failed(Failure.of("Step", FailureClass.TIMEOUT, "späte Antwort", 5)),
            pending.alreadyDone(),
            pending.done(StoredFile.of("a.png", 3, Rows.HASH), Facts.none()));

    for (Outcome outcome : outcomes) {
      assertThat(CoderUtils.clone(OutcomeCoder.of(), outcome), is(outcome));
    }
  }

  @Test
  void outcomesFollowOneAnotherInAStream() throws Exception {
    Outcome first = Outcome.pending(Rows.item("a.png"));
    Outcome second = first.withBytes(new byte[] {7}, Rows.facts("a.png"));
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    OutcomeCoder.of().encode(first, out);
    OutcomeCoder.of().encode(second, out);

    java.io.ByteArrayInputStream in = new java.io.ByteArrayInputStream(out.toByteArray());

    assertThat(OutcomeCoder.of().decode(in), is(first));
    assertThat(OutcomeCoder.of().decode(in), is(second));
    assertThat(in.available(), is(0));
  }

  @Test
  void beamFindsTheCoderByItselfAndCanSendItAway() throws Exception {
    assertThat(
        CoderRegistry.createDefault().getCoder(Outcome.class), instanceOf(OutcomeCoder.class));
    assertThat(SerializableUtils.clone(OutcomeCoder.of()), is(OutcomeCoder.of()));
  }
}
