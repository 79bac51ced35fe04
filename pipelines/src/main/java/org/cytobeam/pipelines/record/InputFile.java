package org.cytobeam.pipelines.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.cytobeam.io.destination.Proof;
import org.cytobeam.transforms.s3.RefusedReads;
import org.jspecify.annotations.Nullable;

/**
 * A file that a run reads at its start, as it was then: what tells whether another run reads the
 * same.
 *
 * @param address its address
 * @param bytes its length
 * @param sha256 the SHA-256 of its bytes, 64 lower-case hexadecimal digits
 * @param etag the mark that its server gives this version of it; null where there is none
 */
public record InputFile(String address, long bytes, String sha256, @Nullable String etag) {

  private static final String S3 = "s3://";

  /**
   * Reads files from beginning to end, on any file system that Beam knows.
   *
   * @throws IOException if one of them can't be read
   */
  public static List<InputFile> read(List<String> addresses) throws IOException {
    List<InputFile> files = new ArrayList<>();
    for (String address : addresses) {
      files.add(RefusedReads.named(address, () -> read(address)));
    }
    return files;
  }

  private static InputFile read(String address) throws IOException {
    Proof proof;
    try (InputStream in =
        Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(address, false)))) {
      proof = Proof.of(in);
    }
    return new InputFile(address, proof.size(), proof.sha256(), etag(address));
  }

  /** A name with an asterisk would be taken for a glob, and local files have no mark. */
  private static @Nullable String etag(String address) throws IOException {
    if (!address.startsWith(S3) || address.matches(".*[*?\\[{].*")) {
      return null;
    }
    MatchResult found = FileSystems.match(address, EmptyMatchTreatment.ALLOW);
    if (found.status() != MatchResult.Status.OK || found.metadata().size() != 1) {
      return null;
    }
    String etag = found.metadata().get(0).checksum();
    return etag == null ? null : etag.replace("\"", "");
  }
}
