package org.cytobeam.transforms.s3;

import org.apache.beam.sdk.io.aws2.common.ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.cytobeam.io.s3.S3Clients;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

/**
 * Lets Beam's S3 file system read public buckets without credentials, by the same rules as our own
 * clients, and finds the credentials that its options only name: {@code --clientBuilderFactory}
 * names this class.
 */
public final class OpenDataClientBuilderFactory implements ClientBuilderFactory {

  private final ClientBuilderFactory beams = ClientBuilderFactory.defaultFactory();

  @Override
  public <BuilderT extends AwsClientBuilder<BuilderT, ClientT>, ClientT> BuilderT create(
      BuilderT builder, ClientConfiguration configuration, AwsOptions options) {
    BuilderT made = beams.create(builder, configuration, options);
    String held = options.as(S3AccessOptions.class).getS3HeldCredentials();
    if (held != null) {
      made.credentialsProvider(HeldCredentials.provider(held));
    }
    return S3Clients.configure(made, AwsSettings.withoutCredentials(options));
  }

  @Override
  public void checkConfiguration(ClientConfiguration configuration, AwsOptions options) {
    beams.checkConfiguration(configuration, options);
  }
}
