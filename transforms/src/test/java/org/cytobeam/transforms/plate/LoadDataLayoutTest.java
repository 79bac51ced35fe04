package org.cytobeam.transforms.plate;

import static org.cytobeam.transforms.plate.LoadDataFiles.write;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cytobeam.io.table.TableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadDataLayoutTest {

  private static final String KEYS =
      "Metadata_Source,Metadata_Batch,Metadata_Plate,Metadata_Well,Metadata_Site";
  private static final PlateSelection DNA_AND_ER = PlateSelection.ofChannels(List.of("DNA", "ER"));
  private static final PlateSelection DNA = PlateSelection.ofChannels(List.of("DNA"));

  @TempDir Path folder;

  private Path table;

  @BeforeEach
  void nameTable() {
    table = folder.resolve("load_data.csv");
  }

  private List<LoadDataRow> read(PlateSelection selection, String... lines) throws IOException {
    return LoadDataFiles.read(write(table, lines), selection);
  }

  private LoadDataRow only(PlateSelection selection, String... lines) throws IOException {
    List<LoadDataRow> rows = read(selection, lines);
    assertThat(rows.size(), is(1));
    return rows.get(0);
  }

  @Test
  void bothLayoutsMixInOneTable() throws IOException {
    assertThat(
        read(DNA_AND_ER, LoadDataFiles.HEADER, LoadDataFiles.site("0012", "A01", "1")),
        contains(LoadDataFiles.row(table + " line 2", "0012", "A01", "1")));
  }

  @Test
  void bothLayoutsMixInOneChannel() throws IOException {
    List<LoadDataRow> rows =
        read(
            DNA,
            KEYS + ",URL_OrigDNA,PathName_OrigDNA,FileName_OrigDNA",
            "s,b,p,A01,1,s3://bucket/url.tiff,s3://bucket/p/,file.tiff",
            "s,b,p,A01,2,,s3://bucket/Measurement 1/Images/,file 2.tiff",
            "s,b,p,A01,3,nan,s3://bucket/p,file.tiff");

    assertThat(
        rows.stream().map(LoadDataRow::getUris).toList(),
        contains(
            Map.of("DNA", "s3://bucket/url.tiff"),
            Map.of("DNA", "s3://bucket/Measurement 1/Images/file 2.tiff"),
            Map.of("DNA", "s3://bucket/p/file.tiff")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s,b,p,A01,1,,",
        "s,b,p,A01,1,nan,nan",
        "s,b,p,A01,1,s3://bucket/p/,",
        "s,b,p,A01,1,,file.tiff",
        "s,b,p,A01,1,s3://bucket/p/,nan",
      })
  void aChannelWithoutPathOrNameHasNoAddress(String line) throws IOException {
    LoadDataRow row = only(DNA, KEYS + ",PathName_OrigDNA,FileName_OrigDNA", line);

    assertThat(row.getUris(), is(Map.of()));
    assertThat(row.getProblem(), is(nullValue()));
  }

  @Test
  void valuesAreTextAndKeepTheirZeros() throws IOException {
    LoadDataRow row =
        only(DNA, KEYS + ",URL_OrigDNA", "0004,20210823,1053597806,001,01,s3://bucket/x.tiff");

    assertThat(row.getSource(), is("0004"));
    assertThat(row.getBatch(), is("20210823"));
    assertThat(row.getPlate(), is("1053597806"));
    assertThat(row.getWell(), is("001"));
    assertThat(row.getSite(), is("01"));
    assertThat(row.getJobId(), is("0004__20210823__1053597806"));
  }

  @Test
  void otherColumnsAreIgnored() throws IOException {
    LoadDataRow row =
        only(
            DNA,
            "FileName_IllumDNA,Metadata_Row," + KEYS + ",URL_OrigDNA,URL_OrigBrightfield,,x y",
            "illum.npy,1,s,b,p,A01,1,s3://bucket/x.tiff,ftp://bright/field,7,8");

    assertThat(row.getUris(), is(Map.of("DNA", "s3://bucket/x.tiff")));
  }

  @Test
  void jobAndFolderComeFromTheirColumns() throws IOException {
    String header = KEYS + ",URL_OrigDNA,job_id,output_dir";
    List<LoadDataRow> rows =
        read(
            DNA,
            header,
            "s,b,p,A01,1,s3://bucket/x.tiff,job 7,/out/x",
            "s,b,p,A01,2,s3://bucket/x.tiff,,",
            "s,b,p,A01,3,s3://bucket/x.tiff,nan,nan");

    assertThat(
        rows.stream().map(LoadDataRow::getJobId).toList(), contains("job 7", "s__b__p", "s__b__p"));
    assertThat(rows.get(0).getOutputDir(), is("/out/x"));
    assertThat(rows.get(1).getOutputDir(), is(nullValue()));
    assertThat(rows.get(2).getOutputDir(), is(nullValue()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "True", "TRUE", "1", "1.0", "yes", "", "nan"})
  void aRowWhoseFilterIsTrueOrUnknownIsKept(String filter) throws IOException {
    assertThat(
        read(DNA, "filter," + KEYS + ",URL_OrigDNA", filter + ",s,b,p,A01,1,s3://bucket/x.tiff")
            .size(),
        is(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "False", "FALSE", "0", "0.0", "no"})
  void aRowWhoseFilterIsFalseIsLeftOut(String filter) throws IOException {
    assertThat(
        read(DNA, "filter," + KEYS + ",URL_OrigDNA", filter + ",s,b,p,A01,1,s3://bucket/x.tiff"),
        is(empty()));
  }

  @Test
  void aFilterThatIsNeitherIsAProblem() throws IOException {
    LoadDataRow row =
        only(DNA, "filter," + KEYS + ",URL_OrigDNA", "maybe,s,b,p,A01,1,s3://bucket/x.tiff");

    assertThat(
        row,
        is(LoadDataRow.unusable(table + " line 2", "filter is neither true nor false: \"maybe\"")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "',b,p,A01,1,s3://bucket/x.tiff'   | Metadata_Source is empty",
        "'s,nan,p,A01,1,s3://bucket/x.tiff'| Metadata_Batch is empty",
        "'s,b,,A01,1,s3://bucket/x.tiff'   | Metadata_Plate is empty",
        "'s,b,p,,1,s3://bucket/x.tiff'     | Metadata_Well is empty",
        "'s,b,p,A01,,s3://bucket/x.tiff'   | Metadata_Site is empty",
        "'s,b,p,A01,1,https://host/x.tiff' | images can't be read over https",
        "'s,b,p,A01,1,s3://bucket'         | no bucket and key in \"s3://bucket\"",
      })
  void aRowThatCantBeUsedSaysWhy(String line, String problem) throws IOException {
    assertThat(
        only(DNA, KEYS + ",URL_OrigDNA", line),
        is(LoadDataRow.unusable(table + " line 2", problem)));
  }

  @Test
  void aJobWhoseTableCouldHaveNoNameIsAProblem() throws IOException {
    LoadDataRow row =
        only(
            DNA,
            "job_id," + KEYS + ",URL_OrigDNA",
            "j".repeat(250) + ",s,b,p,A01,1,s3://bucket/x.tiff");

    assertThat(
        String.valueOf(row.getProblem()),
        containsString("job_id can't be the name of a table: A file name has at most 255 bytes"));
  }

  @Test
  void aRaggedRowIsAProblemOfThatRow() throws IOException {
    List<LoadDataRow> rows =
        read(DNA, KEYS + ",URL_OrigDNA", "s,b,p,A01", "s,b,p,A01,1,s3://bucket/x.tiff");

    assertThat(rows.get(0).getWhere(), is(table + " line 2"));
    assertThat(String.valueOf(rows.get(0).getProblem()), containsString("4"));
    assertThat(rows.get(1).getProblem(), is(nullValue()));
  }

  @Test
  void allMissingColumnsAreNamedWithTheChannelsThatThereAre() throws IOException {
    write(
        table,
        "Metadata_Source,Metadata_Plate,Metadata_Well,"
            + "URL_OrigDNA,PathName_OrigBrightfield_H,FileName_OrigBrightfield_H,"
            + "FileName_OrigAGP,PathName_OrigER",
        "s,p,A01,,,,,");

    TableException thrown =
        assertThrows(
            TableException.class,
            () ->
                LoadDataFiles.open(
                    table, PlateSelection.ofChannels(List.of("DNA", "AGP", "ER", "Mito"))));

    assertThat(
        thrown.getMessage(),
        is(
            table
                + ": there is no column Metadata_Batch, Metadata_Site; there is no URL_Orig… column,"
                + " nor PathName_Orig… with FileName_Orig…, for channel AGP, ER, Mito; the table has"
                + " the channels DNA, Brightfield_H"));
  }

  @Test
  void aTableWithoutAnyChannelSaysSo() throws IOException {
    write(table, KEYS, "s,b,p,A01,1");

    TableException thrown =
        assertThrows(TableException.class, () -> LoadDataFiles.open(table, DNA));

    assertThat(
        thrown.getMessage(),
        allOf(containsString("for channel DNA"), containsString("no channel at all")));
  }
}
