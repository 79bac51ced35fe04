package org.cytobeam.architecture;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every package says what it is for, and that its references are never null unless marked. */
class PackageInfoTest {

  private static final Path MAIN = Path.of("src", "main", "java");

  @Test
  void everyPackageHasAPackageInfo() throws IOException {
    List<Path> packages = packages();

    assertThat(packages, hasSize(greaterThan(3)));
    assertThat(packages.stream().filter(PackageInfoTest::isUnmarked).toList(), empty());
  }

  /** The folders of Java files in all modules; tests run in the folder of this one. */
  private static List<Path> packages() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("").toAbsolutePath().getParent())) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(Path::getParent)
          .filter(folder -> folder.toString().contains(MAIN.toString()))
          .distinct()
          .toList();
    }
  }

  private static boolean isUnmarked(Path folder) {
    Path info = folder.resolve("package-info.java");
    try {
      return !Files.exists(info) || !Files.readString(info).contains("@NullMarked");
    } catch (IOException e) {
      return true;
    }
  }
}
