package org.cytobeam.transforms.images;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;

/**
 * Reads a plan that {@link StoreMatches} has stored: all its items, pending and failed ones, as
 * they were. Parallelism: its parts, up to 512. Order: none is kept.
 */
@AutoValue
public abstract class ReadMatches extends PTransform<PBegin, PCollection<Outcome>> {

  abstract DestinationSettings plan();

  abstract String folder();

  /** Returns a reader of the plan in a folder of a destination. */
  public static ReadMatches from(DestinationSettings plan, String folder) {
    return new AutoValue_ReadMatches(plan, folder);
  }

  @Override
  public PCollection<Outcome> expand(PBegin begin) {
    return begin
        .apply("Plan", Create.of(folder()))
        .apply("ListParts", ParDo.of(new ListPartsFn(this)))
        .setCoder(StringUtf8Coder.of())
        .apply("SpreadParts", Reshuffle.viaRandomKey())
        .apply("ReadParts", ParDo.of(new ReadPartFn(this)))
        .setCoder(OutcomeCoder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("root", plan().root()).withLabel("Where the plan is"))
        .add(DisplayData.item("folder", folder()).withLabel("Folder of the plan"));
  }

  private static final class ListPartsFn extends MatchPlan.PlanFn<String, String> {

    private static final long serialVersionUID = 1L;

    ListPartsFn(ReadMatches step) {
      super(step.plan(), step.folder());
    }

    @ProcessElement
    public void process(OutputReceiver<String> out) throws IOException {
      plan().finishedParts().forEach(out::output);
    }
  }

  private static final class ReadPartFn extends MatchPlan.PlanFn<String, Outcome> {

    private static final long serialVersionUID = 1L;

    ReadPartFn(ReadMatches step) {
      super(step.plan(), step.folder());
    }

    @ProcessElement
    public void process(@Element String part, OutputReceiver<Outcome> out) throws IOException {
      plan().readPart(part).forEach(out::output);
    }
  }
}
