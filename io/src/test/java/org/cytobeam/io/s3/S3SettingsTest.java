package org.cytobeam.io.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class S3SettingsTest {

  private static final StaticCredentials CANARY =
      new StaticCredentials("canary-id", "canary-secret", "canary-token");

  @Test
  void surviveSerialization() throws Exception {
    S3Settings settings =
        S3Settings.builder()
            .setEndpoint(URI.create("http://127.0.0.1:9000"))
            .setRegion("eu-west-1")
            .setCredentials(CANARY)
            .build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject(), is(settings));
    }
  }

  @Test
  void neverPrintTheirCredentials() {
    S3Settings settings = S3Settings.builder().setCredentials(CANARY).build();
    assertThat(settings.toString(), containsString("cellpainting-gallery"));
    assertThat(settings.toString(), not(containsString("canary")));
  }

  @Test
  void refuseNumbersThatMakeNoSense() {
    S3Settings.Builder none = S3Settings.builder().setMaxAttempts(0);
    var e = assertThrows(IllegalArgumentException.class, none::build);
    assertThat(e.getMessage(), is("maxAttempts must be greater than 0, not 0"));
    S3Settings.Builder never = S3Settings.builder().setReadTimeout(Duration.ZERO);
    assertThrows(IllegalArgumentException.class, never::build);
  }
}
