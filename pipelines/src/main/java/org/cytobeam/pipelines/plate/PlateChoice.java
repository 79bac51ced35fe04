package org.cytobeam.pipelines.plate;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.flow.SharedDestinations;
import org.cytobeam.transforms.image.Thumbnails;
import org.cytobeam.transforms.outcome.DamagedManifestException;
import org.cytobeam.transforms.outcome.FailedItems;
import org.cytobeam.transforms.outcome.ItemSet;
import org.cytobeam.transforms.plate.PlateItems;
import org.cytobeam.transforms.plate.PlateSelection;
import org.cytobeam.transforms.plate.PlateSurvey;

/**
 * Which of the images that the tables name a run is about: {@code --limit}, {@code --only}.
 *
 * @param images the images
 * @param thumbnails which of them get thumbnails
 */
record PlateChoice(ItemSet images, Thumbnails thumbnails) {

  /**
   * Returns the images chosen, the first ones in the order of the tables; empty if it is all.
   *
   * @throws MistakesException if the manifest of the output folder is damaged
   */
  static Optional<PlateChoice> of(
      PlateOptions options,
      List<String> tables,
      PlateSelection selection,
      DestinationSettings output)
      throws IOException, MistakesException {
    Long limit = options.getLimit();
    if (limit == null && options.getOnly() == null) {
      return Optional.empty();
    }
    Set<String> failed = options.getOnly() == null ? Set.of() : failed(output);
    long most = limit == null ? Long.MAX_VALUE : limit;
    Set<String> chosen = new HashSet<>();
    Set<Long> sites = new HashSet<>();
    PlateItems.forEach(
        tables,
        selection,
        image -> {
          String id = image.getItem().getId();
          if (options.getOnly() == null || failed.contains(id)) {
            chosen.add(id);
            PlateSurvey.thumbnailHash(image.getItem()).ifPresent(sites::add);
          }
          return chosen.size() < most;
        });
    return Optional.of(
        new PlateChoice(
            ItemSet.of(chosen), PlateSurvey.thumbnails(sites, options.getThumbnails())));
  }

  private static Set<String> failed(DestinationSettings output)
      throws IOException, MistakesException {
    try (Shared.Lease<Destination> folder = SharedDestinations.lease(output)) {
      return FailedItems.ids(folder.get());
    } catch (DamagedManifestException e) {
      throw new MistakesException(
          List.of(Mistake.at(e.manifest(), e.problem(), DamagedManifestException.MEND)));
    }
  }
}
