package org.cytobeam.bench.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cytobeam.bench.images.ImageSet;
import org.cytobeam.bench.plate.SyntheticPlate;
import org.cytobeam.io.bytes.Hash;

/** The images of a plate, each held once whatever the size of the plate. It is not listed. */
public final class PlateStock implements Stock {

  private final Map<String, Integer> keys;
  private final List<StoredObject> images;

  /** Takes the images of a plate's channels. */
  public PlateStock(SyntheticPlate plate, ImageSet images) {
    this.keys = plate.keys();
    this.images =
        images.files().stream()
            .map(bytes -> new StoredObject(Content.of(bytes), Hash.MD5.hex(bytes)))
            .toList();
  }

  @Override
  public String bucket() {
    return SyntheticPlate.BUCKET;
  }

  @Override
  public Optional<StoredObject> find(String key) {
    return Optional.ofNullable(keys.get(key)).map(images::get);
  }

  @Override
  public int listed() {
    return 0;
  }

  @Override
  public Listed listed(int place) {
    throw new IndexOutOfBoundsException(place);
  }
}
