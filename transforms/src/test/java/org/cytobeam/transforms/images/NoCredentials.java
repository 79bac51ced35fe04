package org.cytobeam.transforms.images;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Hides the credentials of whoever runs a test, so that the AWS SDK finds none. */
final class NoCredentials implements BeforeEachCallback, AfterEachCallback {

  private static final Map<String, String> HIDDEN =
      Map.of(
          "aws.disableEc2Metadata", "true",
          "aws.configFile", "/nowhere/config",
          "aws.sharedCredentialsFile", "/nowhere/credentials");

  private final Map<String, @Nullable String> before = new HashMap<>();

  @Override
  public void beforeEach(ExtensionContext context) {
    assumeTrue(
        System.getenv().keySet().stream()
            .noneMatch(name -> name.matches("AWS_(ACCESS_KEY_ID|WEB_IDENTITY.*|CONTAINER.*)")),
        "the environment has credentials");
    HIDDEN.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }
}
