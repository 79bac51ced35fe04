package org.cytobeam.transforms.outcome;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;

/** Keeps the items of a set, whatever state they are in, and lets go of all others. */
@AutoValue
public abstract class KeepItems extends PTransform<PCollection<Outcome>, PCollection<Outcome>> {

  abstract ItemSet wanted();

  /** Returns a step that keeps the items of a set. */
  public static KeepItems in(ItemSet wanted) {
    return new AutoValue_KeepItems(wanted);
  }

  @Override
  public PCollection<Outcome> expand(PCollection<Outcome> items) {
    return items.apply("IfWanted", ParDo.of(new KeepFn(wanted())));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("wanted", wanted().size()).withLabel("Items wanted"));
  }

  private static final class KeepFn extends DoFn<Outcome, Outcome> {

    private static final long serialVersionUID = 1L;

    private final ItemSet wanted;

    KeepFn(ItemSet wanted) {
      this.wanted = wanted;
    }

    @ProcessElement
    public void process(@Element Outcome outcome, OutputReceiver<Outcome> out) {
      if (wanted.contains(outcome.getItem().getId())) {
        out.output(outcome);
      }
    }
  }
}
