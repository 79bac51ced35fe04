package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.plate.Tree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlateCommandTest {

  private static final Path PLATE = Path.of("../../testdata/plate").toAbsolutePath().normalize();

  @TempDir Path out;

  @Test
  void theSmallPlateIsDoneAndARerunDoesNothing() throws Exception {
    CommandRun first = plate("load_data.csv");
    assertThat(first.err(), first.code(), is(ExitCode.DONE));
    assertThat(first.out(), containsString("40 items: 40 done, 0 already done, 0 failed"));
    var tree = Tree.of(out);

    CommandRun second = plate("load_data.csv");

    assertThat(second.code(), is(ExitCode.DONE));
    assertThat(second.out(), containsString("40 items: 0 done, 40 already done, 0 failed"));
    assertThat(Tree.of(out), is(tree));
    assertThat(tree.size(), is(41));
  }

  private CommandRun plate(String table) {
    return CommandRun.of(
        "plate",
        "--job_csv_path",
        PLATE.resolve(table).toString(),
        "--output_dir",
        out.toString(),
        "--relativePaths");
  }
}
