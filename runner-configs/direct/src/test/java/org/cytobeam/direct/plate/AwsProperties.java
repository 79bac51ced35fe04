package org.cytobeam.direct.plate;

/** Credentials that the AWS SDK finds in this process's system properties until they are closed. */
final class AwsProperties implements AutoCloseable {

  private AwsProperties() {}

  static AwsProperties set(String accessKeyId, String secretAccessKey) {
    System.setProperty("aws.accessKeyId", accessKeyId);
    System.setProperty("aws.secretAccessKey", secretAccessKey);
    return new AwsProperties();
  }

  @Override
  public void close() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }
}
