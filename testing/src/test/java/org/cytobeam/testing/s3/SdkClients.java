package org.cytobeam.testing.s3;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The SDK's own client, nearly as it comes: path style, and no retries that would hide a fault. */
final class SdkClients {

  private SdkClients() {}

  static S3Client signed(URI endpoint) {
    return signed(endpoint, S3TestServer.ACCESS_KEY_ID, S3TestServer.SECRET_ACCESS_KEY);
  }

  static S3Client signed(URI endpoint, String id, String secret) {
    return client(
        endpoint, StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)));
  }

  static S3Client anonymous(URI endpoint) {
    return client(endpoint, AnonymousCredentialsProvider.create());
  }

  private static S3Client client(URI endpoint, AwsCredentialsProvider credentials) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(credentials)
        .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
        .build();
  }
}
