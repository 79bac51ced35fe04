package org.cytobeam.pipelines.plate;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.flow.SharedDestinations;
import org.cytobeam.transforms.outcome.DamagedManifestException;
import org.cytobeam.transforms.outcome.DoneIndex;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.plate.LoadDataRow;
import org.cytobeam.transforms.plate.LoadDataTable;
import org.cytobeam.transforms.plate.PlateImages;

/**
 * What a run would find to do: the images that its tables name and those of them that are done.
 *
 * @param outputDir the output folder
 * @param images how many images the tables name
 * @param done how many of them are done and proven, as the run itself would look at them
 * @param unusable how many rows or images can't be used and would fail without a request
 */
record PlatePlan(String outputDir, long images, long done, long unusable) {

  /** Reads the tables and looks at the output folder; writes nothing and asks no source. */
  static PlatePlan of(PlateJob job) throws IOException, MistakesException {
    try (Shared.Lease<Destination> folder = SharedDestinations.lease(job.run().destination())) {
      DoneIndex done = DoneIndex.load(folder.get(), job.run(), job.scaling().doneRule());
      Count count = new Count(job, done);
      for (String address : job.tables()) {
        try (LoadDataTable table =
            LoadDataTable.open(FileSystems.matchNewResource(address, false), job.selection())) {
          for (LoadDataRow row = table.next(); row != null; row = table.next()) {
            count.add(row);
          }
        }
      }
      return new PlatePlan(
          job.run().destination().root(), count.seen.size(), count.done, count.unusable);
    } catch (DamagedManifestException e) {
      throw new MistakesException(
          List.of(Mistake.at(e.manifest(), e.problem(), DamagedManifestException.MEND)));
    }
  }

  private static final class Count {
    final Set<String> seen = new HashSet<>();
    private final PlateJob job;
    private final DoneIndex index;
    long done;
    long unusable;

    Count(PlateJob job, DoneIndex index) {
      this.job = job;
      this.index = index;
    }

    void add(LoadDataRow row) throws IOException {
      for (Outcome image : PlateImages.of(row, job.selection().channels())) {
        Item item = image.getItem();
        if (!seen.add(item.getId())) {
          continue;
        }
        if (!image.isPending()) {
          unusable++;
        } else if (index.proves(item, job.filesBeside(item))) {
          done++;
        }
      }
    }
  }

  /** Returns how many images would be fetched. */
  long toFetch() {
    return images - done - unusable;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %d images: %d already done, %d to fetch%s; nothing was written",
        outputDir,
        images,
        done,
        toFetch(),
        unusable == 0 ? "" : ", " + unusable + " that can't be used");
  }
}
