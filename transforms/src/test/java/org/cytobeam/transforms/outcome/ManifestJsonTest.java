package org.cytobeam.transforms.outcome;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class ManifestJsonTest {

  @Provide
  Arbitrary<ManifestRow> rows() {
    return AnyRows.rows();
  }

  @Property(tries = 500)
  void everyRowIsOneLineAndReadAgain(@ForAll("rows") ManifestRow row) {
    String line = ManifestJson.line(row);

    assertThat(line, not(containsString("\n")));
    assertThat(line, not(containsString("\r")));
    assertThat(ManifestJson.row(line), is(row));
    assertThat(ManifestJson.line(ManifestJson.row(line)), is(line));
  }

  @Property(tries = 500)
  void aLineThatIsCutIsRefusedAndNothingElseIsThrown(
      @ForAll("rows") ManifestRow row, @ForAll("shares") double share) {
    String line = ManifestJson.line(row);
    String cut = line.substring(0, (int) (share * (line.length() - 1)));

    assertThrows(IllegalArgumentException.class, () -> ManifestJson.row(cut));
  }

  @Provide
  Arbitrary<Double> shares() {
    return Arbitraries.doubles().between(0, 1);
  }

  @Test
  void theFormIsFixed() {
    assertThat(
        ManifestJson.line(Rows.done("a.png", 1000)),
        is(
            "{\"id\":\"a.png\",\"status\":\"done\",\"uri\":\"s3://bucket/a.png\","
                + "\"input\":\"table.csv line 2\",\"keys\":{\"channel\":\"DNA\",\"plate\":\"0012\"},"
                + "\"etag\":\"abc\",\"integrity\":\"etag_md5\",\"source_bytes\":1234,\"attempts\":2,"
                + "\"files\":[{\"path\":\"a.png\",\"bytes\":99,\"sha256\":\""
                + Rows.HASH
                + "\"},{\"path\":\"a.png.tiff\",\"bytes\":1234,\"sha256\":\""
                + Rows.HASH
                + "\"}],\"pixels_sha256\":\""
                + Rows.HASH
                + "\",\"measures\":{\"crop_width\":768.0,\"window_low\":0.1},"
                + "\"millis\":{\"FetchS3Bytes\":1.5},\"options\":\"hash\","
                + "\"run\":\"20260101T000000Z-00000001\",\"at\":\"1970-01-01T00:00:01Z\"}"));
  }

  @Test
  void aFailureTellsItsClassStepMessageAndAttempts() {
    assertThat(
        ManifestJson.line(Rows.failed("a.png", 1000)),
        is(
            "{\"id\":\"a.png\",\"status\":\"failed\",\"class\":\"missing\","
                + "\"step\":\"FetchS3Bytes\","
                + "\"message\":\"no such \\\"key\\\",\\nit says\",\"uri\":\"s3://bucket/a.png\","
                + "\"input\":\"table.csv line 2\",\"keys\":{\"channel\":\"DNA\",\"plate\":\"0012\"},"
                + "\"source_bytes\":0,\"attempts\":1,\"files\":[],\"measures\":{},\"millis\":{},"
                + "\"options\":\"hash\",\"run\":\"20260101T000000Z-00000002\","
                + "\"at\":\"1970-01-01T00:00:01Z\"}"));
  }

  @Test
  void namesThatAreNotKnownAreIgnored() {
    ManifestRow row = Rows.done("a.png", 1000);
    String line = ManifestJson.line(row).replaceFirst("\\{", "{\"later\":{\"x\":[1]},");

    assertThat(ManifestJson.row(line), is(row));
  }

  @Test
  void whatIsNoRowIsRefused() {
    String line = ManifestJson.line(Rows.failed("a.png", 1000));
    for (String bad :
        List.of(
            "",
            "null",
            "[]",
            "7",
            "{}",
            "not json",
            line + line,
            line.replace("\"id\":\"a.png\"", "\"id\":7"),
            line.replace("\"status\":\"failed\"", "\"status\":\"lost\""),
            line.replace("\"missing\"", "\"of_another_age\""),
            line.replace("1970-01-01T00:00:01Z", "yesterday"),
            "[".repeat(100_000))) {
      assertThrows(IllegalArgumentException.class, () -> ManifestJson.row(bad), bad);
    }
  }

  @Test
  void halfASurrogateDoesNotBreakTheLine() {
    ManifestRow row = Rows.done("a\ud83e.png", 1000);

    assertThat(ManifestJson.row(ManifestJson.line(row)), is(row));
  }
}
