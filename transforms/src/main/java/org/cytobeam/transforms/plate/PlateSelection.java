package org.cytobeam.transforms.plate;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which rows and channels of the tables are wanted.
 *
 * @param channels the channels
 * @param wells the wells wanted, in upper case; none means all
 * @param sites the sites wanted; none means all
 * @param bucket the bucket of paths that name none, or null
 * @param outputDir the only {@code output_dir} whose rows are wanted, or null for any
 */
public record PlateSelection(
    List<String> channels,
    Set<String> wells,
    Set<String> sites,
    @Nullable String bucket,
    @Nullable String outputDir)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The stains of Cell Painting: what is fetched if nothing else is asked for. */
  public static final List<String> CELL_PAINTING = List.of("DNA", "AGP", "ER", "Mito", "RNA");

  /** Copies the lists; well names are the same in upper and lower case. */
  public PlateSelection {
    if (channels.isEmpty()) {
      throw new IllegalArgumentException("at least one channel is needed");
    }
    channels = List.copyOf(channels);
    wells =
        wells.stream().map(w -> w.toUpperCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    sites = Set.copyOf(sites);
  }

  /** Returns a selection of all wells and sites. */
  public static PlateSelection ofChannels(List<String> channels) {
    return new PlateSelection(channels, Set.of(), Set.of(), null, null);
  }

  /** Returns the same selection of the rows that go to one output folder. */
  public PlateSelection ofOutputDir(String dir) {
    return new PlateSelection(channels, wells, sites, bucket, dir);
  }

  /** Returns whether a row is wanted; one that can't be read always is. */
  boolean wants(LoadDataRow row) {
    if (row.getProblem() != null) {
      return true;
    }
    return (wells.isEmpty() || wells.contains(row.getWell().toUpperCase(Locale.ROOT)))
        && (sites.isEmpty() || sites.contains(row.getSite()))
        && (outputDir == null || outputDir.equals(row.getOutputDir()));
  }
}
