package org.cytobeam.direct.plate;

import java.time.Instant;
import java.util.List;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.S3TestServer;

/** Output folders in a bucket. */
public final class BucketTarget implements KillTarget {

  private static final String BUCKET = "our-bucket";

  private final S3TestServer server;
  private int number;

  /** Creates a target whose output folders lie in a bucket of its own. */
  public BucketTarget(S3TestServer server) {
    this.server = server.bucket(BUCKET, Access.SIGNED);
  }

  private String prefix() {
    return "out" + number;
  }

  /** As if a run had been killed there while it wrote a table longer than a part. */
  @Override
  public void renew() {
    number++;
    server.beginUpload(
        BUCKET, prefix() + "/_cytobeam/manifest.jsonl", Instant.now().minusSeconds(3600));
  }

  @Override
  public List<String> options() {
    return List.of(
        "--output_dir=s3://" + BUCKET + "/" + prefix(),
        "--endpoint=" + server.endpoint(),
        "--awsRegion=" + S3TestServer.REGION);
  }

  @Override
  public List<String> flags() {
    return List.of(
        "-Daws.accessKeyId=" + S3TestServer.ACCESS_KEY_ID,
        "-Daws.secretAccessKey=" + S3TestServer.SECRET_ACCESS_KEY);
  }

  @Override
  public int images() {
    return (int)
        server.keys(BUCKET).stream()
            .filter(key -> key.startsWith(prefix() + "/") && key.endsWith(".png"))
            .filter(key -> !key.startsWith(prefix() + "/_cytobeam/"))
            .count();
  }

  @Override
  public OutputFiles files() {
    return OutputFiles.s3(server, BUCKET, prefix());
  }

  @Override
  public List<String> unfinished() {
    int uploads = server.unfinishedUploads(BUCKET);
    return uploads == 0 ? List.of() : List.of(uploads + " uploads in parts");
  }

  /** Takes the locks away that would count as free in a minute. */
  @Override
  public void freeLocks() {
    server.keys(BUCKET).stream()
        .filter(key -> key.endsWith("/lock"))
        .forEach(key -> server.delete(BUCKET, key));
  }
}
