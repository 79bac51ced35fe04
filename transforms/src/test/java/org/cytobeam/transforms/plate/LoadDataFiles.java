package org.cytobeam.transforms.plate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.io.FileSystems;
import org.cytobeam.io.table.Column;
import org.cytobeam.io.table.ParquetTable;

/** Tables of sites for tests. */
final class LoadDataFiles {

  /** The columns of a table with two channels, one in each layout. */
  static final String HEADER =
      "Metadata_Source,Metadata_Batch,Metadata_Plate,Metadata_Well,Metadata_Site,"
          + "URL_OrigDNA,PathName_OrigER,FileName_OrigER";

  private LoadDataFiles() {}

  /** Returns a line with both channels in S3. */
  static String site(String plate, String well, String site) {
    String name = plate + "-" + well + "-" + site;
    return String.join(
        ",",
        "s1",
        "b1",
        plate,
        well,
        site,
        "s3://bucket/" + name + "-dna.tiff",
        "s3://bucket/er",
        name + "-er.tiff");
  }

  /** Returns what is read from a line of {@link #site}. */
  static LoadDataRow row(String where, String plate, String well, String site) {
    String name = plate + "-" + well + "-" + site;
    return LoadDataRow.builder()
        .setWhere(where)
        .setSource("s1")
        .setBatch("b1")
        .setPlate(plate)
        .setWell(well)
        .setSite(site)
        .setJobId("s1__b1__" + plate)
        .setUris(
            Map.of(
                "DNA", "s3://bucket/" + name + "-dna.tiff",
                "ER", "s3://bucket/er/" + name + "-er.tiff"))
        .build();
  }

  static byte[] csv(String... lines) {
    return (String.join("\n", lines) + "\n").getBytes(UTF_8);
  }

  static Path write(Path file, String... lines) throws IOException {
    return Files.write(file, csv(lines));
  }

  /** Compresses each part as a gzip member of its own. */
  static byte[] gzip(byte[]... members) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] member : members) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(all)) {
        gzip.write(member);
      }
    }
    return all.toByteArray();
  }

  /** Returns a Parquet table of texts. */
  static byte[] parquet(String header, String... lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Column> columns = Arrays.stream(header.split(",")).map(Column::string).toList();
    ParquetTable.write(
        out,
        columns,
        Map.of(),
        Arrays.stream(lines).map(line -> Arrays.asList(line.split(",", -1))).iterator());
    return out.toByteArray();
  }

  /** Reads all wanted rows of a local table. */
  static List<LoadDataRow> read(Path table, PlateSelection selection) throws IOException {
    List<LoadDataRow> rows = new ArrayList<>();
    try (LoadDataTable open = open(table, selection)) {
      for (LoadDataRow row = open.next(); row != null; row = open.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  static LoadDataTable open(Path table, PlateSelection selection) throws IOException {
    return LoadDataTable.open(FileSystems.matchNewResource(table.toString(), false), selection);
  }
}
