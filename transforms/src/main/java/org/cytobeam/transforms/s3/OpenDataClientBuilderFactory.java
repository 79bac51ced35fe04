package org.cytobeam.transforms.s3;

import org.apache.beam.sdk.io.aws2.common.ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.cytobeam.io.s3.S3Clients;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

/**
 * Lets Beam's S3 file system read public buckets without credentials, by the same rules as our own
 * clients: {@code --clientBuilderFactory} names this class.
 */
public final class OpenDataClientBuilderFactory implements ClientBuilderFactory {

  private final ClientBuilderFactory beams = ClientBuilderFactory.defaultFactory();

  @Override
  public <BuilderT extends AwsClientBuilder<BuilderT, ClientT>, ClientT> BuilderT create(
      BuilderT builder, ClientConfiguration configuration, AwsOptions options) {
    return S3Clients.configure(
        beams.create(builder, configuration, options), AwsSettings.of(options));
  }

  @Override
  public void checkConfiguration(ClientConfiguration configuration, AwsOptions options) {
    beams.checkConfiguration(configuration, options);
  }
}
