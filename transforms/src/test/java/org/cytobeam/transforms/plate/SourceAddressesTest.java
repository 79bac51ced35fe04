package org.cytobeam.transforms.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.cytobeam.io.bytes.FileByteFetcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceAddressesTest {

  private static final SourceAddresses LOCAL = new SourceAddresses("/tables/a b/load.csv", null);
  private static final SourceAddresses ON_S3 = new SourceAddresses("s3://tables/a b/t.csv", null);
  private static final SourceAddresses IN_BUCKET =
      new SourceAddresses("/tables/a b/load.csv", "gallery");

  @ParameterizedTest
  @CsvSource({
    "s3://b/Images/,         r01.tiff, s3://b/Images/r01.tiff",
    "s3://b/Images,          r01.tiff, s3://b/Images/r01.tiff",
    "s3://b/Measurement 1/,  r 1.tiff, s3://b/Measurement 1/r 1.tiff",
    "images,                 r01.tiff, images/r01.tiff",
    "/,                      r01.tiff, /r01.tiff",
  })
  void folderAndNameAreJoinedByOneSlash(String folder, String name, String joined) {
    assertThat(SourceAddresses.join(folder, name), is(joined));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://gallery/Measurement 1/r01.tiff",
        "s3://gallery/a#b?c=d&e+f%20g",
        "s3://gallery/%2e%2e/x.tiff",
        "s3://gallery/a//b/../c",
        "s3://gallery/é🧬.tiff",
        "s3://gallery//x",
        "file:///images/a%20b.tiff",
      })
  void absoluteAddressesStayAsTheyAre(String address) {
    assertThat(LOCAL.absolute(address), is(address));
    assertThat(ON_S3.absolute(address), is(address));
    assertThat(IN_BUCKET.absolute(address), is(address));
  }

  @Test
  void schemesAreTheSameInUpperCase() {
    assertThat(LOCAL.absolute("S3://gallery/X.tiff"), is("s3://gallery/X.tiff"));
    assertThat(LOCAL.absolute("FILE:///X.tiff"), is("file:///X.tiff"));
  }

  @ParameterizedTest
  @CsvSource({
    "x.tiff,              file:///tables/a%20b/x.tiff",
    "images/x 1.tiff,     file:///tables/a%20b/images/x%201.tiff",
    "./x.tiff,            file:///tables/a%20b/x.tiff",
    "../x.tiff,           file:///tables/x.tiff",
    "/elsewhere/x.tiff,   file:///elsewhere/x.tiff",
    "a#b?c%2e.tiff,       file:///tables/a%20b/a%23b%3Fc%252e.tiff",
    "s3:x.tiff,           file:///tables/a%20b/s3:x.tiff",
    "C:x.tiff,            file:///tables/a%20b/C:x.tiff",
  })
  void pathsAreRelativeToALocalTable(String path, String address) {
    assertThat(LOCAL.absolute(path), is(address));
  }

  @ParameterizedTest
  @CsvSource({
    "x.tiff,              s3://tables/a b/x.tiff",
    "images/x 1.tiff,     s3://tables/a b/images/x 1.tiff",
    "./x.tiff,            s3://tables/a b/x.tiff",
    "../x.tiff,           s3://tables/x.tiff",
    "/elsewhere/x.tiff,   s3://tables/elsewhere/x.tiff",
    "a#b?c%2e.tiff,       s3://tables/a b/a#b?c%2e.tiff",
  })
  void pathsAreRelativeToATableInS3(String path, String address) {
    assertThat(ON_S3.absolute(path), is(address));
  }

  @ParameterizedTest
  @CsvSource({
    "x.tiff,              s3://gallery/x.tiff",
    "/x.tiff,             s3://gallery/x.tiff",
    "cpg0016/a b/x#.tiff, s3://gallery/cpg0016/a b/x#.tiff",
  })
  void pathsAreKeysOfTheBucketThatIsGiven(String path, String address) {
    assertThat(IN_BUCKET.absolute(path), is(address));
    assertThat(new SourceAddresses("s3://tables/t.csv", "gallery").absolute(path), is(address));
  }

  @ParameterizedTest
  @CsvSource({
    "https://host/x.tiff, https",
    "HTTP://host/x.tiff,  http",
    "ftp://host/x.tiff,   ftp",
    "gopher://host/x,     gopher",
  })
  void otherSchemesAreRefused(String address, String scheme) {
    assertThat(refusal(LOCAL, address), endsWith("can't be read over " + scheme));
    assertThat(refusal(IN_BUCKET, address), not(containsString("host")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://", "s3://bucket", "s3://bucket/", "s3:///key"})
  void anAddressWithoutBucketOrKeyIsRefused(String address) {
    assertThat(refusal(LOCAL, address), containsString("no bucket and key"));
  }

  @Test
  void whatLeadsOutOfTheBucketIsRefused() {
    assertThat(refusal(ON_S3, "../../x.tiff"), containsString("leads out of the bucket"));
  }

  @Test
  void whatCanBeNoNameOfAFileIsRefused() {
    assertThat(refusal(LOCAL, "a\u0000b.tiff"), containsString("can't be the name of a file"));
  }

  @Test
  void whatIsMadeOfALocalPathIsFoundAgain(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a#b?c%2e é+.tiff");
    java.nio.file.Files.write(file, new byte[] {7});
    SourceAddresses beside = new SourceAddresses(folder.resolve("t.csv").toString(), null);

    String address = beside.absolute("a#b?c%2e é+.tiff");

    assertThat(new FileByteFetcher(10).fetch(address).get().bytes(), is(new byte[] {7}));
  }

  private static String refusal(SourceAddresses addresses, String address) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> addresses.absolute(address))
            .getMessage());
  }
}
