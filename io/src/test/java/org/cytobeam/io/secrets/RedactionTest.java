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
        "https://u:pa/ss@host/a, https://***@host/a",
        "password=\"hunter2x\" given, password=\"***\" given",
        "--token='abc def' --times=3, --token='***' --times=3",
        "aws_secret_access_key = a/b given, aws_secret_access_key = *** given",
        "x-amz-security-token: a//b== given, x-amz-security-token: *** given",
        "x-amz-security-token:a//b== given, x-amz-security-token:*** given",
        "db.password: hunter2, db.password: ***",
        "the token: none, the token: ***",
        "{Authorization=Bearer abc} given, {Authorization=Bearer *** given",
        "{Authorization=[Bearer abc]} given, {Authorization=[Bearer ***]} given",
        "{\"Authorization\":\"Basic abc\"}, {\"Authorization\":\"Basic ***\"}",
        "{X-Amz-Security-Token=[abc]} given, {X-Amz-Security-Token=***]} given",
        "{\\\"password\\\":\\\"p\\\\\\\"w\\\"}, {\\\"password\\\":\\\"***\\\"}",
        "{\\\"url\\\":\\\"s3://b/k?token=ab\\\"}, {\\\"url\\\":\\\"s3://b/k?token=***\\\"}",
        "{'password': 'hunter2'}, {'password': '***'}",
        "secret=\\abc given, secret=*** given",
        "{\"secretKey\" : 12345}, {\"secretKey\" : ***}",
        "{\"credentials\":{\"secretKey\":\"ab\"}}, {\"credentials\":{\"secretKey\":\"***\"}}",
        "https://h/a?auth=ab&part=1, https://h/a?auth=***&part=1",
        "user=me;pwd=ab;x=1, user=me;pwd=***",
        "password=ab&cd given, password=*** given",
        "a?token=x: is bad, a?token=***: is bad",
        "url=token=ab, url=token=***",
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
        "ExpiredToken: renew it",
        "SignatureDoesNotMatch: look at the key",
        "no credentials: set them",
        "--awsCredentialsProvider: is no JSON",
        "--api_token: is missing",
        "s3://bucket/token: no such object",
        "s3://bucket/token.csv: no such object",
        "http://host:9000/a@b",
        "s3://bucket/a:b/c@d",
        "https://h/a?token=&part=1",
        "https://h/a?key=plate",
        "author=me",
        "AKIA alone, and AKIAIOSFODNN7EXAMPLELONGER",
        "out/plate"
      })
  void leavesTheRest(String text) {
    assertThat(Redaction.of(text), is(text));
  }

  @ParameterizedTest
  @CsvSource({
    "s3://b/token=A/plate1/x.tif, s3://b/token=A/plate1/x.tif",
    "s3://b/secret: a/x.tif, s3://b/secret: a/x.tif",
    "https://me:pw@h/token=A/x.tif?part=1, https://***@h/token=A/x.tif?part=1",
    "https://me:p?w@h/x.tif, https://***@h/x.tif",
    "https://h/sig=1/x.tif?token=a/b&part=1, https://h/sig=1/x.tif?token=***&part=1",
    "/data/token=A/x.tif, /data/token=A/x.tif"
  })
  void leavesThePathOfAnAddress(String address, String shown) {
    assertThat(Redaction.ofAddress(address), is(shown));
    assertThat(Redaction.ofAddress(shown), is(shown));
  }

  @Test
  void takesNoLongerForTextsThatAreMadeForIt() {
    String names = "token".repeat(20_000);

    assertThat(Redaction.of("?" + names), is("?" + names));
    assertThat(Redaction.of("\"token\":\"" + "\\".repeat(100_001)), is("\"token\":\"***"));
    assertThat(Redaction.of("://".repeat(50_000)), is("://".repeat(50_000)));
    assertThat(Redaction.of("token=\"" + "\\\"".repeat(50_000)), is("token=\"***"));
    assertThat(Redaction.of("token=,".repeat(20_000)), is("token=***,"));
    assertThat(Redaction.of("token=" + ",".repeat(100_000)), is("token=" + ",".repeat(100_000)));
    assertThat(Redaction.of("a=,".repeat(20_000)), is("a=,".repeat(20_000)));
    assertThat(Redaction.of("://a:b/".repeat(20_000)), is("://a:b/".repeat(20_000)));
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
