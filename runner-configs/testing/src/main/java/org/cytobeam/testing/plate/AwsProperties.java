package org.cytobeam.testing.plate;

/** Credentials that the AWS SDK finds in this process's system properties until they are closed. */
public final class AwsProperties implements AutoCloseable {

  private AwsProperties() {}

  public static AwsProperties set(String accessKeyId, String secretAccessKey) {
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
