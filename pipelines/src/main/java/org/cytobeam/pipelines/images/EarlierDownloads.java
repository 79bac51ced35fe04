package org.cytobeam.pipelines.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.pipelines.text.Quantity;
import org.cytobeam.transforms.images.DownloadState;
import org.cytobeam.transforms.images.DownloadStateException;
import org.cytobeam.transforms.outcome.ItemSet;

/**
 * What the downloader before this one has left word of in an output folder.
 *
 * @param names those that it says it has fetched; empty if it has left none
 * @param lines what people are told of it
 */
record EarlierDownloads(ItemSet names, List<String> lines) {

  private static final ItemSet NOTHING = ItemSet.of(List.of());
  private static final EarlierDownloads NONE = new EarlierDownloads(NOTHING, List.of());

  /** Looks into an output folder. A state that can't be read is told, and counts as none. */
  static EarlierDownloads in(DestinationSettings settings) throws IOException {
    try (Destination folder = Destinations.open(settings)) {
      return in(folder);
    }
  }

  private static EarlierDownloads in(Destination folder) throws IOException {
    try (InputStream in = folder.open(DownloadState.FILE)) {
      ItemSet.Builder downloaded = ItemSet.builder();
      DownloadState state = DownloadState.skim(in, downloaded::add);
      ItemSet names = downloaded.build();
      return state.isOurs() || names.size() == 0 ? NONE : of(names);
    } catch (NoSuchFileException e) {
      return NONE;
    } catch (DownloadStateException e) {
      return new EarlierDownloads(
          NOTHING,
          List.of(
              "%s can't be read, and will be kept as %s: %s"
                  .formatted(DownloadState.FILE, DownloadState.UNREAD, e.getMessage())));
    }
  }

  private static EarlierDownloads of(ItemSet names) {
    return new EarlierDownloads(
        names,
        List.of(
            "%s says that %s downloaded: files that prove to be their objects are not fetched"
                    .formatted(
                        DownloadState.FILE,
                        Quantity.of(names.size(), "name") + (names.size() == 1 ? " is" : " are"))
                + " again."));
  }
}
