package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.text.Quantity;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.Tree;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.RecordedRequest;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --dry_run} says what there is to do and leaves everything as it is. */
final class PlateDryRunTest {

  @TempDir private Path folder;
  private Path out;
  private Path csv;

  @BeforeEach
  void fiveSites() throws IOException {
    TinyImages.write(folder, 5);
    out = folder.resolve("out");
    LoadData table = LoadData.ofChannels("DNA");
    for (int site = 0; site < 5; site++) {
      table.site("A01", "" + site, site + ".tif");
    }
    csv = table.site("A01", "0", "0.tif").write(folder.resolve("load_data.csv"));
  }

  private CommandRun plate(String... more) {
    String[] all = Arrays.copyOf(more, more.length + 1);
    all[more.length] = "--channels=DNA";
    return CommandRun.plate(csv, out, all);
  }

  @Test
  void beforeTheFirstRunAllIsToBeFetchedAndNothingIsWritten() throws Exception {
    CommandRun dry = plate("--dryRun");

    assertThat(dry.err(), dry.code(), is(ExitCode.DONE));
    assertThat(
        dry.out(),
        containsString(out + ": 5 items: 0 already done, 5 to fetch; nothing was written"));
    assertThat(
        dry.out(),
        containsString("  Fetch: " + bytes(5) + " in 5 requests (all lengths asked for)"));
    assertThat(dry.out(), containsString("  Write: about "));
    assertThat(dry.out(), containsString(" free\n  Time:  about "));
    assertThat(Files.exists(out), is(false));
  }

  @Test
  void afterARunOnlyWhatIsMissingIsToBeFetched() throws Exception {
    plate();
    Files.delete(
        out.resolve(
            Tree.paths(out).stream()
                .filter(p -> p.endsWith("__DNA.png"))
                .findFirst()
                .orElseThrow()));
    var before = Tree.of(out);

    CommandRun dry = plate("--dry_run");
    CommandRun forced = plate("--dry_run", "--force");

    assertThat(dry.out(), containsString("5 items: 4 already done, 1 to fetch"));
    assertThat(forced.out(), containsString("5 items: 0 already done, 5 to fetch"));
    assertThat(Tree.of(out), is(before));
  }

  @Test
  void aDamagedManifestIsRefusedAsARunRefusesIt() throws Exception {
    plate();
    Files.write(out.resolve("_cytobeam/manifest.parquet"), new byte[100]);

    CommandRun dry = plate("--dry_run");

    assertThat(dry.code(), is(ExitCode.USAGE));
    assertThat(dry.err(), is(plate().err()));
  }

  @Test
  void ofManyImagesInABucketAFewAreAskedForTheirLengths() throws Exception {
    try (S3TestServer server =
        S3TestServer.start().bucket("cellpainting-gallery", Access.UNSIGNED)) {
      LoadData table = LoadData.ofChannels("DNA");
      for (int site = 0; site < 100; site++) {
        server.put("cellpainting-gallery", site + ".tif", new byte[1_000]);
        table.site("A01", "" + site, "s3://cellpainting-gallery/" + site + ".tif");
      }
      csv = table.write(folder.resolve("load_data.csv"));

      CommandRun dry = plate("--dry_run", "--endpoint", server.endpoint().toString());

      assertThat(dry.err(), dry.code(), is(ExitCode.DONE));
      assertThat(
          dry.out(),
          containsString(
              "  Fetch: about 100 kB in 100 requests (estimated from the lengths of 20)"));
      assertThat(
          server.requests().stream().map(RecordedRequest::method).toList(),
          is(Collections.nCopies(20, "HEAD")));
    }
  }

  @Test
  void imagesThatAreNotThereAreToldBeforehand() throws Exception {
    Files.delete(folder.resolve("3.tif"));

    CommandRun dry = plate("--dry_run");

    assertThat(dry.out(), containsString(" in 5 requests (all lengths asked for, 1 missing)"));
  }

  private String bytes(int images) throws Exception {
    long bytes = 0;
    for (int image = 0; image < images; image++) {
      bytes += Files.size(folder.resolve(image + ".tif"));
    }
    return Quantity.bytes(bytes);
  }
}
