package org.cytobeam.io.destination;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * A destination under a prefix of an S3 bucket.
 *
 * <p>An object put in one request carries its SHA-256 as {@code x-amz-meta-cytobeam-sha256}, so
 * that it is checked without being read. What was put with a PUT is durable.
 */
final class S3Destination implements Destination {

  /** The name of the metadata that holds the SHA-256 that {@link Proof} has. */
  static final String SHA256_METADATA = "cytobeam-sha256";

  private final S3AsyncClient client;
  private final S3Prefix where;
  private final S3Calls calls;
  private final RunId run;
  private final Ticker locks;
  private final Ticker logs;

  /**
   * Makes a destination that closes its client with itself. A log that waits for the server must
   * not keep a lock from being renewed: they tick apart.
   *
   * @param run the run that writes
   * @param tickers makes a ticker with a thread of that name
   */
  S3Destination(S3AsyncClient client, S3Prefix where, RunId run, Function<String, Ticker> tickers) {
    this.client = client;
    this.where = where;
    this.calls = new S3Calls(client, where);
    this.run = run;
    this.locks = tickers.apply("s3-locks");
    this.logs = tickers.apply("s3-logs");
  }

  @Override
  public String root() {
    return where.root();
  }

  @Override
  public String address(String path) {
    return where.root() + "/" + FilePath.of(path);
  }

  @Override
  public Proof put(String path, byte[] bytes) throws IOException {
    String key = where.key(FilePath.toWrite(path));
    Proof proof = Proof.of(bytes);
    S3Upload.put(calls, key, bytes, proof);
    return proof;
  }

  @Override
  public Proof put(String path, Content content) throws IOException {
    String key = where.key(FilePath.toWrite(path));
    try (S3Upload upload = new S3Upload(calls, key)) {
      HashedOutput out = new HashedOutput(upload);
      content.writeTo(out);
      Proof proof = out.finish();
      upload.finish(proof);
      return proof;
    }
  }

  @Override
  public OptionalLong size(String path) throws IOException {
    Optional<HeadObjectResponse> head = find(FilePath.of(path));
    return head.isPresent() ? OptionalLong.of(head.get().contentLength()) : OptionalLong.empty();
  }

  @Override
  public boolean has(String path, Proof proof, Check check) throws IOException {
    FilePath file = FilePath.of(path);
    Optional<HeadObjectResponse> head = find(file);
    if (head.isEmpty() || head.get().contentLength() != proof.size()) {
      return false;
    }
    if (check == Check.SIZE || proof.sha256().equals(head.get().metadata().get(SHA256_METADATA))) {
      return true;
    }
    try (InputStream in = new S3ObjectInput(calls, where.key(file), head.get())) {
      return Proof.of(in).equals(proof);
    }
  }

  @Override
  public InputStream open(String path) throws IOException {
    FilePath file = FilePath.of(path);
    HeadObjectResponse head = find(file).orElseThrow(() -> new NoSuchFileException(address(path)));
    return new S3ObjectInput(calls, where.key(file), head);
  }

  @Override
  public List<String> list(String folder) throws IOException {
    return new S3Listing(calls).filesBelow(FilePath.ofFolder(folder));
  }

  @Override
  public void delete(String path) throws IOException {
    String key = where.key(FilePath.toWrite(path));
    DeleteObjectRequest request =
        DeleteObjectRequest.builder().bucket(where.bucket()).key(key).build();
    calls.call(key, s3 -> s3.deleteObject(request));
  }

  @Override
  public LineLog log(String path) throws IOException {
    String log = FilePath.toLog(path).toString();
    if (size(S3LineLog.segment(log, 1)).isPresent()) {
      throw new FileAlreadyExistsException(address(path));
    }
    return new S3LineLog(this, log, logs);
  }

  @Override
  public long removeTemporaries(String folder) throws IOException {
    return new S3Leftovers(calls, runLocks(), run).remove(FilePath.ofFolder(folder));
  }

  @Override
  public long removeOwnTemporaries() {
    return 0;
  }

  @Override
  public RunLocks runLocks() {
    return new S3RunLocks(calls, locks);
  }

  /** Has nothing to do: what was put is durable. */
  @Override
  public void sync() {}

  @Override
  public void close() {
    logs.close();
    locks.close();
    client.close();
  }

  private Optional<HeadObjectResponse> find(FilePath file) throws IOException {
    return file.isRunLock() ? Optional.empty() : calls.head(where.key(file));
  }
}
