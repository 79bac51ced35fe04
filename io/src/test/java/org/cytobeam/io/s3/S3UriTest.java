package org.cytobeam.io.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3UriTest {

  @Test
  void takesTheKeyAsItStands() {
    S3Uri uri = S3Uri.parse("s3://my-bucket/a b/#1?x=%20+ü//c");
    assertThat(uri, is(new S3Uri("my-bucket", "a b/#1?x=%20+ü//c")));
  }

  @Property(tries = 500)
  void parsesWhatItPrints(@ForAll @StringLength(max = 200) String key) {
    Assume.that(UTF_8.newEncoder().canEncode(key));
    S3Uri uri = new S3Uri("my-bucket", key);
    assertThat(S3Uri.parse(uri.toString()), is(uri));
  }

  @ParameterizedTest
  @CsvSource({
    "s3://bucket,''",
    "s3://bucket/,''",
    "s3://bucket//,/",
    "s3://bucket/folder/,folder/"
  })
  void allowsABucketAndAFolder(String text, String key) {
    assertThat(S3Uri.parse(text).key(), is(key));
  }

  @ParameterizedTest
  @CsvSource({
    "bucket/key,begins with s3://",
    "S3://bucket/key,begins with s3://",
    "https://bucket/key,begins with s3://",
    "'',begins with s3://",
    "s3://,name of a bucket",
    "s3:///key,name of a bucket",
    "s3://ab/key,name of a bucket",
    "s3://Bucket/key,name of a bucket",
    "s3://my_bucket/key,name of a bucket",
    "s3://-bucket/key,name of a bucket",
    "s3://bucket-/key,name of a bucket",
    "s3://a..b/key,name of a bucket",
    "s3://192.168.0.1/key,name of a bucket",
    "s3://bucket?x/key,name of a bucket"
  })
  void saysWhatIsWrong(String text, String part) {
    var e = assertThrows(IllegalArgumentException.class, () -> S3Uri.parse(text));
    assertThat(e.getMessage(), containsString(part));
  }

  @Test
  void countsTheBytesOfAKey() {
    assertThat(new S3Uri("bucket", "ü".repeat(512)).key().length(), is(512));
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> new S3Uri("bucket", "ü".repeat(512) + "x"));
    assertThat(e.getMessage(), containsString("1025 bytes"));
    assertThrows(IllegalArgumentException.class, () -> new S3Uri("bucket", "\uD83D"));
  }

  @ParameterizedTest
  @CsvSource({
    "a/b/table.csv,x.tif,a/b/x.tif",
    "a/b/table.csv,sub/x.tif,a/b/sub/x.tif",
    "a/b/table.csv,./x.tif,a/b/x.tif",
    "a/b/table.csv,../x.tif,a/x.tif",
    "a/b/table.csv,../../x.tif,x.tif",
    "table.csv,x y#1.tif,x y#1.tif",
    "a/b/,x.tif,a/b/x.tif",
    "a//table.csv,x.tif,a//x.tif",
    "'',x.tif,x.tif"
  })
  void resolvesAgainstTheFolder(String key, String relative, String expected) {
    assertThat(new S3Uri("bucket", key).resolve(relative), is(new S3Uri("bucket", expected)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/x", "s3://other/x", "../../../x", "../../.."})
  void staysInTheBucket(String relative) {
    S3Uri table = new S3Uri("bucket", "a/b/table.csv");
    assertThrows(IllegalArgumentException.class, () -> table.resolve(relative));
  }
}
