package org.cytobeam.transforms.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InputTablesTest {

  @TempDir Path folder;

  private String touch(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file).toString();
  }

  private static String refusal(String input) {
    return String.valueOf(
        assertThrows(IOException.class, () -> InputTables.find(input)).getMessage());
  }

  @Test
  void aFileIsATableWhateverItsName() throws IOException {
    String table = touch("load data #1.txt");

    assertThat(InputTables.find(table), contains(table));
  }

  @Test
  void aFileUriIsThatFile() throws IOException {
    String table = touch("table.csv");

    assertThat(InputTables.find("file://" + table), contains(table));
  }

  @Test
  void theTablesOfAFolderAreThoseThatLookLikeIt() throws IOException {
    String b = touch("b.csv");
    String a = touch("a.csv.gz");
    String c = touch("c.PARQUET");
    touch("readme.txt");
    touch("picture.tiff");
    touch("inner/d.csv");

    assertThat(InputTables.find(folder.toString()), contains(a, b, c));
    assertThat(InputTables.find(folder + "/"), contains(a, b, c));
    assertThat(InputTables.find("file://" + folder), contains(a, b, c));
  }

  @Test
  void aFolderNamedLikeATableIsNone() throws IOException {
    String table = touch("a.csv");
    touch("folder.csv/x.txt");

    assertThat(InputTables.find(folder.toString()), contains(table));
  }

  @Test
  void aGlobFindsWhatItSays() throws IOException {
    String one = touch("plate1/load.csv");
    String two = touch("plate2/load.csv");
    touch("plate3/other.csv");

    assertThat(InputTables.find(folder + "/*/load.csv"), contains(one, two));
    assertThat(InputTables.find(folder + "/plate[12]/load.csv"), contains(one, two));
  }

  @Test
  void namesThatLookLikeGlobsAreFound() throws IOException {
    String table = touch("plates [1]/load {a}.csv");

    assertThat(InputTables.find(table), contains(table));
    assertThat(InputTables.find(folder.resolve("plates [1]").toString()), contains(table));
    assertThat(InputTables.find(folder.resolve("plates [1]") + "/"), contains(table));
  }

  @Test
  void whatIsNotThereIsSaid() throws IOException {
    touch("readme.txt");
    Files.createDirectory(folder.resolve("empty"));

    assertThat(refusal(folder + "/none.csv"), is("there is no such file"));
    assertThat(refusal(folder + "/*.csv"), is("there is no such file"));
    assertThat(refusal(folder + "/nowhere/none.csv"), is("there is no such file"));
    assertThat(
        refusal(folder.toString()),
        is("there is no .csv, .csv.gz or .parquet file in this folder"));
    assertThat(
        refusal(folder + "/empty/"),
        is("there is no .csv, .csv.gz or .parquet file in this folder"));
  }

  @Test
  void whatCanBeNoAddressIsRefusedWithoutACrash() {
    for (String input : new String[] {"gopher://host/x.csv", "a\u0000b", "/tmp/[", ""}) {
      assertThrows(IOException.class, () -> InputTables.find(input), input);
    }
  }

  @Test
  void onlyAListingThatHasAFileTwiceIsAskedForAgain() {
    AtomicInteger listings = new AtomicInteger();

    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                InputTables.find(
                    "s3://bucket/tables/",
                    pattern -> {
                      listings.incrementAndGet();
                      throw new IllegalStateException("Connection pool shut down");
                    }));

    assertThat(thrown.getMessage(), is("Connection pool shut down"));
    assertThat(listings.get(), is(1));
  }
}
