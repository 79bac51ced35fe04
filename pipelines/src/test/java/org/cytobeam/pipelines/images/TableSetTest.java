package org.cytobeam.pipelines.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the name of a table says, as in the batch script that this replaces. */
class TableSetTest {

  @ParameterizedTest
  @CsvSource({
    "to_download/dalle2_gen_01.csv, dalle2_gen_01, DALLE2",
    "/data/dmp98.csv, dmp98, DMP98",
    "s3://b/tables/a.b_c.csv.gz, a.b_c.csv, A.B",
    "_x.csv, _x, ''",
    ".hidden, .hidden, .HIDDEN"
  })
  void namesFolderAndPrefix(String address, String stem, String kind) {
    TableSet table = new TableSet(address);

    assertThat(table.folder(), is("downloads/" + stem + "_downloads"));
    assertThat(table.prefix(null), is("datalake_training/" + kind + "/"));
    assertThat(table.prefix("given/"), is("given/"));
  }
}
