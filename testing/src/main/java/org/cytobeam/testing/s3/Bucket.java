package org.cytobeam.testing.s3;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The objects and the unfinished uploads of one bucket. Safe for use by several threads. */
final class Bucket {

  /** S3 sorts keys by their UTF-8 bytes, which is the order of their code points. */
  private static final Comparator<String> UTF_8_ORDER =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  /** A multipart upload that was neither completed nor aborted. */
  static final class Upload {
    final String id;
    final String key;
    final Instant begun;
    private final Map<String, String> metadata;
    private final NavigableMap<Integer, byte[]> parts = new TreeMap<>();

    private Upload(String id, String key, Map<String, String> metadata, Instant begun) {
      this.id = id;
      this.key = key;
      this.metadata = metadata;
      this.begun = begun;
    }
  }

  private final NavigableMap<String, StoredObject> objects = new TreeMap<>(UTF_8_ORDER);
  private final Map<String, Upload> uploads = new LinkedHashMap<>();
  private final Access access;
  private int uploadsBegun;

  Bucket(Access access) {
    this.access = access;
  }

  Access access() {
    return access;
  }

  synchronized void put(String key, StoredObject object) {
    objects.put(key, object);
  }

  synchronized Optional<StoredObject> find(String key) {
    return Optional.ofNullable(objects.get(key));
  }

  StoredObject get(String key) throws S3Exception {
    return find(key).orElseThrow(() -> new S3Exception(S3Error.NO_SUCH_KEY));
  }

  synchronized void delete(String key) {
    objects.remove(key);
  }

  /** Returns a copy of all objects whose keys come after one, in the order of S3's listings. */
  synchronized NavigableMap<String, StoredObject> after(String key) {
    return new TreeMap<>(objects.tailMap(key, false));
  }

  synchronized List<String> keys() {
    return List.copyOf(objects.keySet());
  }

  /** Returns the uploads in the order of S3's listings: by key, then as they were begun. */
  synchronized List<Upload> unfinishedUploads() {
    return uploads.values().stream()
        .sorted(Comparator.comparing(upload -> upload.key, UTF_8_ORDER))
        .toList();
  }

  synchronized String beginUpload(String key, Map<String, String> metadata, Instant begun) {
    String id = "upload-" + ++uploadsBegun;
    uploads.put(id, new Upload(id, key, metadata, begun));
    return id;
  }

  synchronized void putPart(String key, String id, int number, byte[] bytes) throws S3Exception {
    upload(key, id).parts.put(number, bytes);
  }

  synchronized void abortUpload(String key, String id) throws S3Exception {
    upload(key, id);
    uploads.remove(id);
  }

  synchronized StoredObject completeUpload(String key, String id, List<Integer> numbers)
      throws S3Exception {
    Upload upload = upload(key, id);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    for (byte[] part : parts(upload, numbers)) {
      bytes.writeBytes(part);
      digests.writeBytes(Checksums.md5(part));
    }
    String etag = Checksums.hexMd5(digests.toByteArray()) + "-" + numbers.size();
    StoredObject object = StoredObject.of(bytes.toByteArray(), etag, upload.metadata, Map.of());
    objects.put(key, object);
    uploads.remove(id);
    return object;
  }

  private static List<byte[]> parts(Upload upload, List<Integer> numbers) throws S3Exception {
    List<byte[]> parts = new ArrayList<>();
    for (int number : numbers) {
      byte[] part = upload.parts.get(number);
      if (part == null) {
        throw new S3Exception(S3Error.INVALID_PART);
      }
      parts.add(part);
    }
    if (parts.isEmpty()) {
      throw new S3Exception(S3Error.INVALID_PART);
    }
    return parts;
  }

  private Upload upload(String key, String id) throws S3Exception {
    Upload upload = uploads.get(id);
    if (upload == null || !upload.key.equals(key)) {
      throw new S3Exception(S3Error.NO_SUCH_UPLOAD);
    }
    return upload;
  }
}
