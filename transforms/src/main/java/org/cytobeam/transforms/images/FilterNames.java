package org.cytobeam.transforms.images;

import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/** Makes the filter of all names, for the step that lists objects. */
final class FilterNames extends PTransform<PCollection<ListedName>, PCollectionView<NameFilter>> {

  private static final long serialVersionUID = 1L;

  @Override
  public PCollectionView<NameFilter> expand(PCollection<ListedName> names) {
    return names
        .apply("FilterOfBundle", ParDo.of(new FilterFn()))
        .setCoder(new NameFilter.FilterCoder())
        .apply("FilterOfAll", Combine.globally(NameFilter::union).asSingletonView());
  }

  private static final class FilterFn extends DoFn<ListedName, NameFilter> {

    private static final long serialVersionUID = 1L;

    private transient NameFilter.@Nullable Builder names;

    @StartBundle
    public void start() {
      names = new NameFilter.Builder();
    }

    @ProcessElement
    public void process(@Element ListedName row) {
      if (row.getProblem() == null) {
        names().add(row.getName());
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      context.output(names().build(), BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
    }

    private NameFilter.Builder names() {
      if (names == null) {
        throw new IllegalStateException("used outside a bundle");
      }
      return names;
    }
  }
}
