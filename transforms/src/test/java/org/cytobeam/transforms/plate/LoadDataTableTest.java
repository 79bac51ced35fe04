package org.cytobeam.transforms.plate;

import static org.cytobeam.transforms.plate.LoadDataFiles.HEADER;
import static org.cytobeam.transforms.plate.LoadDataFiles.row;
import static org.cytobeam.transforms.plate.LoadDataFiles.site;
import static org.cytobeam.transforms.plate.LoadDataFiles.write;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.cytobeam.io.table.TableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadDataTableTest {

  private static final PlateSelection ALL = PlateSelection.ofChannels(List.of("DNA", "ER"));

  @TempDir Path folder;

  @Test
  void whatIsLeftOutIsCounted() throws Exception {
    Path table =
        write(
            folder.resolve("t.csv"),
            HEADER + ",filter",
            site("p", "A01", "1") + ",true",
            site("p", "A01", "2") + ",false",
            site("p", "B01", "1") + ",true",
            site("p", "A01", "3") + ",true");
    PlateSelection selection =
        new PlateSelection(List.of("DNA", "ER"), Set.of("a01"), Set.of("1", "2"), null, null);

    try (LoadDataTable open = LoadDataFiles.open(table, selection)) {
      assertThat(open.read(), is(0L));
      assertThat(open.next(), is(row(table + " line 2", "p", "A01", "1")));
      assertThat(open.next(), is(nullValue()));
      assertThat(open.read(), is(4L));
      assertThat(open.filtered(), is(1L));
      assertThat(open.unwanted(), is(2L));
      assertThat(open.next(), is(nullValue()));
    }
  }

  @Test
  void parquetIsReadByRows() throws Exception {
    Path table = folder.resolve("t.parquet");
    Files.write(
        table, LoadDataFiles.parquet(HEADER, site("0012", "A01", "1"), site("7", "A02", "2")));

    List<LoadDataRow> rows = LoadDataFiles.read(table, ALL);

    assertThat(rows.get(0).getWhere(), is(table + " row 1"));
    assertThat(rows.get(0).getPlate(), is("0012"));
    assertThat(rows.get(1).getWhere(), is(table + " row 2"));
    assertThat(rows.get(1).getUris(), is(row(table + " line 2", "7", "A02", "2").getUris()));
  }

  @Test
  void byteOrderMarksAndWindowsLineEndsAreNoPartOfTheText() throws Exception {
    Path table = folder.resolve("t.csv");
    Files.writeString(table, "\ufeff" + HEADER + "\r\n" + site("p", "A01", "1") + "\r\n");

    assertThat(LoadDataFiles.read(table, ALL), contains(row(table + " line 2", "p", "A01", "1")));
  }

  @Test
  void aTableThatIsNoneIsRefusedByItsAddress() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.csv"));

    TableException thrown =
        assertThrows(TableException.class, () -> LoadDataFiles.open(empty, ALL));

    assertThat(thrown.getMessage(), is(empty + ": the file is empty"));
  }

  @Test
  void rowsBeforeACutAreReadAndTheCutIsAFault() throws Exception {
    byte[] whole = LoadDataFiles.gzip(LoadDataFiles.csv(HEADER, site("p", "A01", "1")));
    Path table = folder.resolve("t.csv.gz");
    Files.write(table, java.util.Arrays.copyOf(whole, whole.length - 4));

    TableException thrown =
        assertThrows(TableException.class, () -> LoadDataFiles.read(table, ALL));

    assertThat(thrown.getMessage(), startsWith(table + ": "));
  }

  @Test
  void fileNamesMayBeQuotedAndHaveLineBreaks() throws Exception {
    Path table =
        write(
            folder.resolve("t.csv"),
            HEADER,
            site("p", "A01", "1").replace(",A01,", ",\"A\n01\","),
            site("p", "A02", "1"));

    List<LoadDataRow> rows = LoadDataFiles.read(table, ALL);

    assertThat(rows.get(0).getWell(), is("A\n01"));
    assertThat(rows.get(1).getWhere(), containsString(" line 4"));
  }
}
