package org.cytobeam.pipelines.report.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.pipelines.report.model.ContactSheet.Picture;
import org.cytobeam.pipelines.report.model.ContactSheet.Site;
import org.cytobeam.pipelines.report.model.ContactSheet.Thumbnail;
import org.cytobeam.transforms.image.Thumbnails;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.outcome.RunFolder;
import org.cytobeam.transforms.plate.PlateKeys;

/**
 * Gathers the sites of the contact sheet: of those that have thumbnails the ones with the lowest
 * hashes, which are those that runs choose first.
 */
final class SheetGathering {

  private static final int MOST_IMAGES = 48;

  /** A few times what a thumbnail without any compression takes. */
  private static final int MOST_BYTES = 32 * 1024;

  private final Destination destination;
  private final Set<String> thumbnails;
  private final TreeMap<Long, List<Image>> lowest = new TreeMap<>();
  private final List<Image> site = new ArrayList<>();
  private long hashOfSite = -1;

  private record Image(Item item, Optional<String> thumbnail, Optional<String> failure) {}

  SheetGathering(Destination destination) throws IOException {
    this.destination = destination;
    this.thumbnails = Set.copyOf(destination.list(RunFolder.THUMBNAILS));
  }

  /** Takes the next image; those of a site come one after the other. */
  void add(ManifestRow row) {
    Map<String, String> keys = row.getItem().getKeys();
    if (thumbnails.isEmpty() || !keys.keySet().containsAll(PlateKeys.OF_SITE)) {
      return;
    }
    long hash = Thumbnails.hash(PlateKeys.OF_SITE.stream().map(row.getItem()::key).toList());
    if (hash != hashOfSite) {
      endSite();
      hashOfSite = hash;
    }
    if (site.size() < MOST_IMAGES) {
      site.add(image(row));
    }
  }

  private void endSite() {
    if (site.stream().anyMatch(image -> image.thumbnail().isPresent())) {
      lowest.put(hashOfSite, List.copyOf(site));
    }
    if (lowest.size() > MOST_IMAGES) {
      lowest.pollLastEntry();
    }
    site.clear();
  }

  private Image image(ManifestRow row) {
    String pixels = row.getFacts().getPixelsSha256();
    Failure failure = row.getFailure();
    return new Image(
        row.getItem(),
        Optional.ofNullable(pixels).map(Thumbnails::path).filter(thumbnails::contains),
        Optional.ofNullable(failure).map(f -> f.getFailureClass().label()));
  }

  ContactSheet sheet() throws IOException {
    endSite();
    List<Site> sites = new ArrayList<>();
    int images = 0;
    for (List<Image> ofSite : lowest.values()) {
      images += ofSite.size();
      if (images <= MOST_IMAGES) {
        sites.add(site(ofSite));
      }
    }
    sites.sort(
        Comparator.comparing(Site::plate).thenComparing(Site::well).thenComparing(Site::site));
    return new ContactSheet(sites);
  }

  private Site site(List<Image> images) throws IOException {
    List<Picture> pictures = new ArrayList<>();
    for (Image image : images) {
      Map<String, String> keys = image.item().getKeys();
      pictures.add(
          new Picture(
              keys.getOrDefault(PlateKeys.CHANNEL, ""),
              image.item().getId(),
              image.thumbnail().isEmpty() ? Optional.empty() : read(image.thumbnail().get()),
              image.failure()));
    }
    pictures.sort(Comparator.comparing(Picture::channel));
    Item first = images.get(0).item();
    return new Site(
        first.key(PlateKeys.PLATE), first.key(PlateKeys.WELL), first.key(PlateKeys.SITE), pictures);
  }

  /** Returns a thumbnail; what is no small file is nobody's thumbnail. */
  private Optional<Thumbnail> read(String path) throws IOException {
    try (InputStream in = destination.open(path)) {
      byte[] png = in.readNBytes(MOST_BYTES + 1);
      return png.length > MOST_BYTES ? Optional.empty() : Thumbnail.of(png);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
