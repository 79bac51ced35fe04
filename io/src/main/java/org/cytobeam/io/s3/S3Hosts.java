package org.cytobeam.io.s3;

import java.io.Closeable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.cytobeam.io.limits.HostLimit;
import org.cytobeam.io.limits.HostLimits;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * The hosts that one client speaks to. Safe for use by several threads.
 *
 * <p>Each attempt is a call of its own and the SDK's retries are off: in the asynchronous client
 * (2.40.10) the end of an attempt that timed out can arrive while the next one runs, and is taken
 * for the end of that.
 */
final class S3Hosts implements Closeable {

  private final S3AsyncClient client;
  private final S3Settings settings;
  private final HostLimits limits;
  private final DoubleSupplier random;
  private final Map<String, S3Host> hosts = new ConcurrentHashMap<>();

  private S3Hosts(
      S3AsyncClient client, S3Settings settings, HostLimits limits, DoubleSupplier random) {
    this.client = client;
    this.settings = settings;
    this.limits = limits;
    this.random = random;
  }

  /** Returns hosts that are sent the credentials of the settings, or those that the SDK finds. */
  static S3Hosts open(S3Settings settings, HostLimits limits) {
    return new S3Hosts(
        S3Clients.async(singleAttempts(settings)), settings, limits, S3Hosts::random);
  }

  /**
   * Returns hosts that are sent the credentials of the settings, or else others.
   *
   * @param credentials asked for each signed request, unless the settings have their own
   */
  static S3Hosts open(S3Settings settings, AwsCredentialsProvider credentials, HostLimits limits) {
    return open(settings, credentials, limits, S3Hosts::random);
  }

  /**
   * Returns hosts for whose requests the jitter is foreseeable.
   *
   * @param random gives numbers from 0 to 1, one for each pause before another attempt
   */
  static S3Hosts open(
      S3Settings settings,
      AwsCredentialsProvider credentials,
      HostLimits limits,
      DoubleSupplier random) {
    return new S3Hosts(
        S3Clients.async(singleAttempts(settings), credentials), settings, limits, random);
  }

  private static double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /** The SDK's own clocks stay behind ours, in case a call slips away. */
  private static S3Settings singleAttempts(S3Settings settings) {
    Duration beyond = settings.attemptTimeout().multipliedBy(2);
    return settings.toBuilder()
        .setMaxAttempts(1)
        .setAttemptTimeout(beyond)
        .setCallTimeout(beyond)
        .build();
  }

  /** Returns the host that a bucket is on. */
  S3Host of(String bucket) {
    return hosts.computeIfAbsent(name(bucket), this::host);
  }

  private S3Host host(String name) {
    HostLimit limit = limits.of(name, settings.maxConnections());
    FirstContact contact = new FirstContact(client, settings.connectTimeout());
    return new S3Host(client, settings, limit, contact, random);
  }

  /** Amazon gives each bucket a host of its own, and turns requests away by bucket and prefix. */
  private String name(String bucket) {
    URI endpoint = settings.endpoint();
    return endpoint == null
        ? bucket + ".s3.amazonaws.com"
        : endpoint.getHost() + ":" + endpoint.getPort();
  }

  @Override
  public void close() {
    client.close();
  }
}
