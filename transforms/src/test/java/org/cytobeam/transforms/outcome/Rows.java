package org.cytobeam.transforms.outcome;

import java.util.List;
import java.util.Map;

/** Rows for tests. */
final class Rows {

  static final String HASH = "0123456789abcdef".repeat(4);

  private Rows() {}

  static Item item(String id) {
    return Item.of(
        id, "s3://bucket/" + id, "table.csv line 2", Map.of("plate", "0012", "channel", "DNA"));
  }

  static Facts facts(String id) {
    return Facts.none().toBuilder()
        .setEtag("abc")
        .setIntegrity("etag_md5")
        .setSourceBytes(1234)
        .setAttempts(2)
        .setPixelsSha256(HASH)
        .setFiles(List.of(StoredFile.of(id, 99, HASH), StoredFile.of(id + ".tiff", 1234, HASH)))
        .setMeasures(Map.of("window_low", 0.1, "crop_width", 768.0))
        .setMillis(Map.of("FetchS3Bytes", 1.5))
        .build();
  }

  static ManifestRow done(String id, long at) {
    return ManifestRow.of(item(id), facts(id), null, "hash", "20260101T000000Z-00000001", at);
  }

  static ManifestRow failed(String id, long at) {
    return ManifestRow.of(
        item(id),
        Facts.none().toBuilder().setAttempts(1).build(),
        Failure.of("FetchS3Bytes", FailureClass.MISSING, "no such \"key\",\nit says", 1),
        "hash",
        "20260101T000000Z-00000002",
        at);
  }
}
