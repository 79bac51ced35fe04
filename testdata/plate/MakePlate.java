import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.images.TiffCompression;

/**
 * Makes the small plate of this folder: four wells, two sites each, five channels, in the TIFF
 * flavours that real microscopes write; and a second table whose images are damaged on purpose.
 *
 * <p>From the top folder: {@code ./mvnw -Dquick -pl testing compile && java -cp
 * testing/target/classes testdata/plate/MakePlate.java testdata/plate}
 */
final class MakePlate {

  private static final int WIDTH = 144;
  private static final int HEIGHT = 112;
  private static final List<String> CHANNELS = List.of("DNA", "AGP", "ER", "Mito", "RNA");
  private static final List<String> WELLS = List.of("A01", "A02", "B01", "B02");
  private static final int SITES = 2;

  private final Path folder;

  private MakePlate(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException {
    MakePlate make = new MakePlate(Path.of(arguments[0]));
    make.sound();
    make.damaged();
  }

  private void sound() throws IOException {
    List<String> lines = new ArrayList<>(List.of(header()));
    for (String well : WELLS) {
      for (int site = 1; site <= SITES; site++) {
        List<String> names = new ArrayList<>();
        for (int channel = 0; channel < CHANNELS.size(); channel++) {
          String name = name(well, site, channel);
          write("images/" + name, image(well, site, channel));
          names.add(name);
        }
        lines.add(row(well, site, names));
      }
    }
    write("load_data.csv", text(lines));
  }

  private void damaged() throws IOException {
    List<String> lines = new ArrayList<>(List.of(header()));
    for (int site = 1; site <= SITES; site++) {
      List<String> names = new ArrayList<>();
      for (int channel = 0; channel < CHANNELS.size(); channel++) {
        names.add(name("A01", site, channel));
      }
      if (site == 2) {
        byte[] whole = image("A01", site, 0);
        write("images/cut.tiff", Arrays.copyOf(whole, whole.length / 2));
        write("images/zeros.tiff", new byte[whole.length]);
        write("images/page.tiff", "<html>Not here</html>\n".getBytes(StandardCharsets.UTF_8));
        names =
            List.of("absent.tiff", "cut.tiff", "zeros.tiff", "page.tiff", name("A01", site, 4));
      }
      lines.add(row("A01", site, names));
    }
    lines.add("source_0,2026_01_Batch1,CB000001,A02");
    write("damaged.csv", text(lines));
  }

  private static String header() {
    List<String> columns = new ArrayList<>();
    for (String key : List.of("Source", "Batch", "Plate", "Well", "Site")) {
      columns.add("Metadata_" + key);
    }
    CHANNELS.forEach(channel -> columns.add("FileName_Orig" + channel));
    CHANNELS.forEach(channel -> columns.add("PathName_Orig" + channel));
    return String.join(",", columns);
  }

  private static String row(String well, int site, List<String> names) {
    List<String> cells =
        new ArrayList<>(
            List.of("source_0", "2026_01_Batch1", "CB000001", well, String.valueOf(site)));
    cells.addAll(names);
    CHANNELS.forEach(channel -> cells.add("images"));
    return String.join(",", cells);
  }

  private static String name(String well, int site, int channel) {
    int row = well.charAt(0) - 'A' + 1;
    return "r%02dc%sf%02dp01-ch%d.tiff".formatted(row, well.substring(1), site, channel + 1);
  }

  private static byte[] image(String well, int site, int channel) {
    long seed = 1000L * WELLS.indexOf(well) + 10L * site + channel;
    TiffBuilder tiff =
        TiffBuilder.uint16(Pictures.micrograph(WIDTH, HEIGHT, 3000 + 2000 * channel, seed));
    return switch (channel) {
      case 0 -> tiff.compression(TiffCompression.LZW).strips(27).build();
      case 1 -> tiff.directoryLast(true).strips(4).build();
      case 2 -> tiff.compression(TiffCompression.DEFLATE).differenced(true).strips(35).build();
      case 3 -> tiff.order(ByteOrder.BIG_ENDIAN).tiles(64, 64).build();
      default -> tiff.compression(TiffCompression.LZW).differenced(true).build();
    };
  }

  private static byte[] text(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.resolveSibling(""));
    Files.write(path, bytes);
  }
}
