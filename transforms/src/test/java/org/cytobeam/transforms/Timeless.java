package org.cytobeam.transforms;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;
import org.cytobeam.transforms.outcome.StoredFile;

/** Takes the times of steps out of outcomes, so that the rest can be compared. */
public final class Timeless extends PTransform<PCollection<Outcome>, PCollection<Outcome>> {

  private static final long serialVersionUID = 1L;

  /** Returns the transform. */
  public static Timeless outcomes() {
    return new Timeless();
  }

  @Override
  public PCollection<Outcome> expand(PCollection<Outcome> outcomes) {
    return outcomes
        .apply(MapElements.into(TypeDescriptor.of(Outcome.class)).via(Timeless::timeless))
        .setCoder(OutcomeCoder.of());
  }

  private static Outcome timeless(Outcome outcome) {
    Facts facts = outcome.getFacts().toBuilder().setMillis(Map.of()).build();
    byte[] bytes = outcome.getBytes();
    if (bytes != null) {
      return outcome.withBytes(bytes, facts);
    }
    if (outcome.getStatus() == Outcome.Status.DONE) {
      List<StoredFile> files = facts.getFiles();
      Facts others = facts.toBuilder().setFiles(files.subList(1, files.size())).build();
      return outcome.done(files.get(0), others);
    }
    return outcome;
  }
}
