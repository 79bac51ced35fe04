package org.cytobeam.pipelines.run;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.transforms.s3.AwsSettings;

/** What can be wrong with how S3 is to be spoken to; the same for all commands. */
public final class S3Mistakes {

  private S3Mistakes() {}

  /** Returns what is wrong with options as they were given, before any is settled. */
  public static List<Mistake> of(S3SourceOptions options) {
    List<Mistake> mistakes = new ArrayList<>();
    URI endpoint = options.getEndpoint();
    if (endpoint != null && String.valueOf(endpoint.getRawAuthority()).contains("@")) {
      mistakes.add(
          Mistake.in(
              "endpoint",
              "has a user or a password, which no S3 server takes",
              "leave them out; AWS_PROFILE names credentials, say"));
    }
    if (options.getS3HeldCredentials() != null) {
      mistakes.add(Mistake.in("s3HeldCredentials", "is set by the command itself", "leave it out"));
    }
    try {
      AwsSettings.check(options);
    } catch (IllegalArgumentException e) {
      mistakes.add(Mistake.in("awsCredentialsProvider", String.valueOf(e.getMessage()), ""));
    }
    try {
      AwsSettings.checkProxy(options);
    } catch (IllegalArgumentException e) {
      mistakes.add(Mistake.in("proxyConfiguration", String.valueOf(e.getMessage()), ""));
    }
    return mistakes;
  }
}
