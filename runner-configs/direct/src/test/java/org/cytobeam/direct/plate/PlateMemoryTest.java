package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.images.TiffCompression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault P8: a heap of 256 MB is enough, however many images there are. */
@Timeout(900)
final class PlateMemoryTest {

  private static final int FILES = 4;

  private static final int FEW_CORES = 2;

  @TempDir private Path folder;

  private Path table(int images) throws IOException {
    LoadData table = LoadData.ofChannels("DNA");
    for (int site = 0; site < images; site++) {
      table.site("A01", "" + site, site % FILES + ".tif");
    }
    return table.write(folder.resolve("load_data.csv"));
  }

  private void runs(int images, int cores, TestReporter reporter) throws Exception {
    List<String> arguments =
        List.of(
            "plate",
            "--job_csv_path=" + table(images),
            "--output_dir=" + folder.resolve("out"),
            "--channels=DNA");
    List<String> flags = new ArrayList<>(ChildCommand.QUICK);
    flags.add("-XX:ActiveProcessorCount=" + cores);
    try (ChildCommand child = new ChildCommand(folder, flags, arguments)) {
      int code = child.awaitEnd();
      reporter.publishEntry("most kB resident", "" + child.mostResidentKilobytes());
      assertThat(child.err(), code, is(0));
      assertThat(
          child.out(),
          containsString("%,d items: %1$,d done, 0 already done, 0 failed".formatted(images)));
    }
  }

  @Test
  void tenThousandSmallImages(TestReporter reporter) throws Exception {
    TinyImages.write(folder, FILES);
    runs(10_000, FEW_CORES, reporter);
  }

  /**
   * As large as those of a Cell Painting plate, and compressed as they are; what is worked on at
   * once grows with the cores, as far as the heap allows.
   */
  @ParameterizedTest
  @ValueSource(ints = {FEW_CORES, 64})
  void twoHundredLargeImages(int cores, TestReporter reporter) throws Exception {
    for (int i = 0; i < FILES; i++) {
      byte[] image =
          TiffBuilder.uint16(Pictures.micrograph(1080, 1080, 4095, i))
              .compression(TiffCompression.LZW)
              .build();
      Files.write(folder.resolve(i + ".tif"), image);
    }
    runs(200, cores, reporter);
  }
}
