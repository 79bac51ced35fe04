package org.cytobeam.pipelines.images;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.flow.SharedDestinations;
import org.cytobeam.transforms.images.ImageKeys;
import org.cytobeam.transforms.images.ListedName;
import org.cytobeam.transforms.images.NameTable;
import org.cytobeam.transforms.outcome.DamagedManifestException;
import org.cytobeam.transforms.outcome.FailedItems;
import org.cytobeam.transforms.outcome.ItemSet;

/** Which of the names in the tables a run is about: {@code --limit}, {@code --only}. */
final class NameChoice {

  private NameChoice() {}

  /**
   * Returns the names chosen, the first ones in the order of the tables; empty if it is all.
   *
   * @throws MistakesException if the manifest of the output folder is damaged
   */
  static Optional<ItemSet> of(
      ImagesOptions options, List<String> tables, DestinationSettings output)
      throws IOException, MistakesException {
    Long limit = options.getLimit();
    if (limit == null && options.getOnly() == null) {
      return Optional.empty();
    }
    boolean onlyFailed = options.getOnly() != null;
    Set<String> failed = onlyFailed ? failed(output) : Set.of();
    long most = limit == null ? Long.MAX_VALUE : limit;
    Set<String> chosen = new LinkedHashSet<>();
    for (String table : tables) {
      try (NameTable names = NameTable.open(table, options.getColumn())) {
        for (ListedName name = names.next();
            name != null && chosen.size() < most;
            name = names.next()) {
          boolean isUsable = name.getProblem() == null;
          if (isUsable && (!onlyFailed || failed.contains(name.getName()))) {
            chosen.add(name.getName());
          }
        }
      }
    }
    return Optional.of(ItemSet.of(chosen));
  }

  private static Set<String> failed(DestinationSettings output)
      throws IOException, MistakesException {
    try (Shared.Lease<Destination> folder = SharedDestinations.lease(output)) {
      return FailedItems.keys(folder.get(), ImageKeys.NAME);
    } catch (DamagedManifestException e) {
      throw new MistakesException(
          List.of(Mistake.at(e.manifest(), e.problem(), DamagedManifestException.MEND)));
    }
  }
}
