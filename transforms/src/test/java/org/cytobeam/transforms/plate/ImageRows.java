package org.cytobeam.transforms.plate;

import java.util.List;
import java.util.Map;
import org.cytobeam.transforms.Runs;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.StoredFile;

/** Rows of images for tests; the job of each is the plate's name behind {@code job-}. */
final class ImageRows {

  private ImageRows() {}

  static Item item(String plate, String well, String site, String channel) {
    LoadDataRow row =
        LoadDataRow.builder()
            .setWhere("t.csv line 2")
            .setSource("s")
            .setBatch("b")
            .setPlate(plate)
            .setWell(well)
            .setSite(site)
            .setJobId("job-" + plate)
            .setUris(Map.of(channel, "s3://bucket/x.tiff"))
            .build();
    Outcome image = PlateImages.of(row, List.of(channel)).get(0);
    return image.getItem();
  }

  static ManifestRow image(String plate, String well, String site, String channel) {
    Item item = item(plate, well, site, channel);
    Facts facts =
        Facts.none().toBuilder()
            .setFiles(List.of(StoredFile.of(item.getId(), 3, "0".repeat(64))))
            .build();
    return ManifestRow.of(item, facts, null, Runs.OPTIONS, Runs.id(1).value(), 1000);
  }

  static ManifestRow failed(String plate, String well, String site, String channel) {
    return ManifestRow.of(
        item(plate, well, site, channel),
        Facts.none(),
        Failure.of("FetchS3Bytes", FailureClass.MISSING, "there is no such object", 1),
        Runs.OPTIONS,
        Runs.id(1).value(),
        1000);
  }
}
