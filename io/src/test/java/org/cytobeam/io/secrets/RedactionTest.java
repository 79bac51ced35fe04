package org.cytobeam.io.secrets;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "https://me:pw@host/a, https://***@host/a",
        "cannot parse http://me:p@w@host:9000 here, cannot parse http://***@host:9000 here",
        "s3://b/k?X-Amz-Signature=ab12&x=1, s3://b/k?X-Amz-Signature=***&x=1",
        "s3://b/k?X-Amz-Date=2026&X-Amz-Credential=A/b, s3://b/k?X-Amz-Date=***&X-Amz-Credential=***",
        "https://h/?sv=1&sig=a%2Bb%3D, https://h/?sv=1&sig=***",
        "get http://h/?a=1&X-Amz-Security-Token=a//b== now, get http://h/?a=1&X-Amz-Security-Token=*** now",
        "Credentials(secretAccessKey=a/b+c) given, Credentials(secretAccessKey=***) given",
        "--db-password=hunter2 --times=3, --db-password=*** --times=3",
        "{\"username\":\"u\" \"password\" : \"p\\\"w\"}, {\"username\":\"u\" \"password\" : \"***\"}",
        "{\"sessionToken\":\"cut, {\"sessionToken\":\"***",
        "Authorization: Bearer abc.def-1 x, Authorization: Bearer *** x",
        "The key AKIAIOSFODNN7EXAMPLE is not known, The key AKIA*** is not known",
      })
  void hidesSecrets(String text, String shown) {
    assertThat(Redaction.of(text), is(shown));
    assertThat(Redaction.of(shown), is(shown));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://host/a@b",
        "file:///data/a@b.tif",
        "s3://bucket/key?version=3",
        "give it as --api_token=<text>",
        "percentile=1.0 width=768",
        "{\"plate\":\"P1\",\"well\":\"A01\"}",
        "the AWS credentials have expired: renew them",
        "AKIA alone, and AKIAIOSFODNN7EXAMPLELONGER",
        "out/plate"
      })
  void leavesTheRest(String text) {
    assertThat(Redaction.of(text), is(text));
  }

  @Test
  void takesNoLongerForTextsThatAreMadeForIt() {
    String names = "token".repeat(20_000);

    assertThat(Redaction.of("?" + names), is("?" + names));
    assertThat(Redaction.of("\"token\":\"" + "\\".repeat(100_001)), is("\"token\":\"***"));
    assertThat(Redaction.of("://".repeat(50_000)), is("://".repeat(50_000)));
  }

  @Property
  void nothingOfASignatureIsLeft(
      @ForAll @AlphaChars @StringLength(min = 8, max = 40) String secret,
      @ForAll @StringLength(max = 20) String around) {
    String shown = Redaction.of(around + " s3://b/k?X-Amz-Signature=" + secret + "&n=1 " + around);

    assertThat(shown.replace(around, ""), not(containsString(secret)));
    assertThat(Redaction.of(shown), is(shown));
  }
}
