package org.cytobeam.pipelines.options;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dbPassword",
        "--db-password",
        "clientSecret",
        "figshare_token",
        "SSECustomerKey",
        "awsCredentialsProvider"
      })
  void knowsSecretsByTheirNames(String name) {
    assertThat(Secrets.shown(name, "hunter2"), equalTo("***"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://me:pw@host/a, https://***@host/a",
    "https://host/a@b, https://host/a@b",
    "s3://bucket/key?X-Amz-Signature=ab12&x=1, s3://bucket/key?X-Amz-Signature=***&x=1",
    "get http://h/?a=1&X-Amz-Security-Token=t now, get http://h/?a=1&X-Amz-Security-Token=*** now",
    "out/plate, out/plate"
  })
  void hidesWhatUrlsKeepSecret(String text, String shown) {
    assertThat(Secrets.shown(text), equalTo(shown));
  }

  @Test
  void hidesWhatIsSecretInAStructuredValue() {
    assertThat(
        Secrets.shown("proxyConfiguration", "{\"username\":\"me\",\"password\":\"p\\\"w\"}"),
        equalTo("{\"username\":\"me\",\"password\":\"***\"}"));
  }

  @Test
  void showsOrdinaryValues() {
    assertThat(Secrets.shown("channels", "DNA,AGP"), equalTo("DNA,AGP"));
  }
}
