package org.cytobeam.transforms.plate;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.transforms.outcome.FailureLog;
import org.cytobeam.transforms.outcome.ItemSet;
import org.cytobeam.transforms.outcome.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Turns each site into its images, one a channel, pending.
 *
 * <p>A row that can't be used, a channel without a file, or a name that can't be a file's becomes a
 * failed outcome, so that it ends in the tables like any other. The id of an image is its path in
 * the output folder.
 */
@AutoValue
public abstract class ExpandChannels
    extends PTransform<PCollection<LoadDataRow>, PCollection<Outcome>> {

  abstract List<String> channels();

  abstract @Nullable ItemSet wanted();

  /** Returns an expansion into some channels. */
  public static ExpandChannels of(List<String> channels) {
    if (channels.isEmpty()) {
      throw new IllegalArgumentException("at least one channel is needed");
    }
    return new AutoValue_ExpandChannels(List.copyOf(channels), null);
  }

  /** Returns an expansion that lets go of all images but some, or of none if that is null. */
  public ExpandChannels withOnly(@Nullable ItemSet wanted) {
    return new AutoValue_ExpandChannels(channels(), wanted);
  }

  @Override
  public PCollection<Outcome> expand(PCollection<LoadDataRow> rows) {
    return rows.apply("ImagesOfSite", ParDo.of(new ImagesOfSiteFn(channels(), wanted())));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("channels", String.join(", ", channels())).withLabel("Channels"))
        .addIfNotNull(
            DisplayData.item("wanted", wanted() == null ? null : wanted().size())
                .withLabel("Images wanted"));
  }

  private static final class ImagesOfSiteFn extends DoFn<LoadDataRow, Outcome> {

    private static final long serialVersionUID = 1L;

    private final List<String> channels;
    private final @Nullable ItemSet wanted;

    ImagesOfSiteFn(List<String> channels, @Nullable ItemSet wanted) {
      this.channels = channels;
      this.wanted = wanted;
    }

    @ProcessElement
    public void process(@Element LoadDataRow row, OutputReceiver<Outcome> out) {
      for (Outcome image : PlateImages.of(row, channels)) {
        if (wanted == null || wanted.contains(image.getItem().getId())) {
          out.output(image.isPending() ? image : FailureLog.told(image, null));
        }
      }
    }
  }
}
