package org.cytobeam.direct.plate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fault P1: runs killed at random moments, and run again. */
final class PlateKillLoopTest {

  private static final int IMAGES = 120;
  private static final int FILES = 4;

  @TempDir private Path folder;
  private Path csv;

  @BeforeEach
  void makeTable() throws IOException {
    for (int i = 0; i < FILES; i++) {
      byte[] image = TiffBuilder.uint16(Pictures.noise(200, 200, 65535, i)).build();
      Files.write(folder.resolve(i + ".tif"), image);
    }
    LoadData table = LoadData.ofChannels("DNA");
    for (int site = 0; site < IMAGES; site++) {
      table.site("A01", "" + site, site % FILES + ".tif");
    }
    csv = table.write(folder.resolve("load_data.csv"));
  }

  private void kill(int kills, KillTarget target, TestReporter reporter) throws Exception {
    List<String> words =
        List.of(
            "plate",
            "--job_csv_path=" + csv,
            "--channels=DNA",
            "--max_workers=2",
            "--no_remove_tmp",
            "--relativePaths");
    KillLoop.kill(kills, new KillLoop.Job(words, IMAGES, path -> true), target, folder, reporter);
  }

  @Test
  @Timeout(600)
  void twentyRunsIntoAFolder(TestReporter reporter) throws Exception {
    kill(20, new FolderTarget(folder), reporter);
  }

  @Tag("slow")
  @Test
  @Timeout(3600)
  void hundredAndFiftyRunsIntoAFolder(TestReporter reporter) throws Exception {
    kill(150, new FolderTarget(folder), reporter);
  }

  @Tag("slow")
  @Test
  @Timeout(1800)
  void fiftyRunsIntoABucket(TestReporter reporter) throws Exception {
    try (S3TestServer server = S3TestServer.start()) {
      kill(50, new BucketTarget(server), reporter);
    }
  }
}
