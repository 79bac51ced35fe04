package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.cytobeam.pipelines.cli.ExitCode;
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
  void beforeTheFirstRunAllIsToBeFetchedAndNothingIsWritten() {
    CommandRun dry = plate("--dryRun");

    assertThat(dry.err(), dry.code(), is(ExitCode.DONE));
    assertThat(
        dry.out(),
        containsString(out + ": 5 images: 0 already done, 5 to fetch; nothing was written"));
    assertThat(Files.exists(out), is(false));
  }

  @Test
  void afterARunOnlyWhatIsMissingIsToBeFetched() throws Exception {
    plate();
    Files.delete(
        out.resolve(
            Tree.of(out).keySet().stream()
                .filter(p -> p.endsWith(".png"))
                .findFirst()
                .orElseThrow()));
    var before = Tree.of(out);

    CommandRun dry = plate("--dry_run");
    CommandRun forced = plate("--dry_run", "--force");

    assertThat(dry.out(), containsString("5 images: 4 already done, 1 to fetch"));
    assertThat(forced.out(), containsString("5 images: 0 already done, 5 to fetch"));
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
}
