package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.Tree;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fault P12: tables of many rows, of which one in twenty has its image. */
final class PlateManyRowsTest {

  private static final int PLATES = 30;
  private static final int ONE_IN = 20;

  @TempDir private Path folder;

  private Path table(int rows) throws IOException {
    TinyImages.write(folder, 4);
    LoadData table = LoadData.ofChannels("DNA");
    for (int i = 0; i < rows; i++) {
      table.row(
          Map.of("Metadata_Plate", "P" + i % PLATES, "Metadata_Site", "" + i),
          i % ONE_IN == 0 ? i / ONE_IN % 4 + ".tif" : "absent" + i + ".tif");
    }
    return table.write(folder.resolve("load_data.csv"));
  }

  private static String counts(int rows, int done, int alreadyDone) {
    int failed = rows - rows / ONE_IN;
    return "%,d items: %,d done, %,d already done, %,d failed"
        .formatted(rows, done, alreadyDone, failed);
  }

  @Test
  void someThousandsAndAgain() throws Exception {
    int rows = 2_000;
    Path csv = table(rows);
    Path out = folder.resolve("out");

    CommandRun first = CommandRun.plate(csv, out, "--channels=DNA");
    CommandRun second = CommandRun.plate(csv, out, "--channels=DNA");

    assertThat(first.err(), first.code(), is(ExitCode.INCOMPLETE));
    assertThat(first.out(), containsString(counts(rows, rows / ONE_IN, 0)));
    assertThat(second.err(), second.code(), is(ExitCode.INCOMPLETE));
    assertThat(second.out(), containsString(counts(rows, 0, rows / ONE_IN)));
    assertThat(Tree.paths(out.resolve("load_data/final")), hasSize(PLATES));
    assertThat(Records.failures(out), hasSize(rows - rows / ONE_IN));
  }

  @Tag("slow")
  @Timeout(900)
  @Test
  void aHundredThousandInHalfAGigabyte() throws Exception {
    int rows = 100_000;
    Path csv = table(rows);
    Path out = folder.resolve("out");
    List<String> arguments =
        List.of("plate", "--job_csv_path=" + csv, "--output_dir=" + out, "--channels=DNA");

    try (ChildCommand child = new ChildCommand(folder, List.of("-Xmx512m"), arguments)) {
      assertThat(child.err(), child.awaitEnd(), is(3));
      assertThat(child.out(), containsString(counts(rows, rows / ONE_IN, 0)));
    }
    assertThat(Tree.paths(out.resolve("load_data/final")), hasSize(PLATES));
    assertThat(Records.manifest(out).values(), hasSize(rows));
  }
}
