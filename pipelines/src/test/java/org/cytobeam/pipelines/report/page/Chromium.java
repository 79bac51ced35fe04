package org.cytobeam.pipelines.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Debian's headless Chromium, called by its command line. */
final class Chromium {

  private static final int LONGEST_SECONDS = 60;

  private final Path program;
  private final Path folder;
  private final List<String> more;

  private Chromium(Path program, Path folder, List<String> more) {
    this.program = program;
    this.folder = folder;
    this.more = more;
  }

  /**
   * Returns the browser, or skips the test where there is none.
   *
   * @param folder for its profile
   * @param more arguments
   */
  static Chromium require(Path folder, String... more) {
    Optional<Path> program =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(path -> Path.of(path, "chromium"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), "there is no chromium on PATH: apt-get install chromium");
    return new Chromium(program.orElseThrow(), folder, List.of(more));
  }

  /** Returns the document of a page after its scripts have run. */
  String dump(Path page) throws IOException, InterruptedException {
    Path out = folder.resolve("dump.html");
    run(page, out, "--dump-dom");
    return Files.readString(out, UTF_8);
  }

  /** Takes a picture of a page, as a PNG file. */
  Path screenshot(Path page, int width, int height) throws IOException, InterruptedException {
    Path picture = folder.resolve("screenshot.png");
    run(
        page,
        folder.resolve("out"),
        "--window-size=" + width + "," + height,
        "--screenshot=" + picture);
    return picture;
  }

  private void run(Path page, Path out, String... arguments)
      throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                "--allow-file-access-from-files",
                "--virtual-time-budget=5000",
                "--user-data-dir=" + folder.resolve("profile")));
    words.addAll(more);
    words.addAll(List.of(arguments));
    words.add(page.toUri().toString());
    Process process =
        new ProcessBuilder(words)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    boolean hasEnded = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
    if (!hasEnded || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(
          "chromium failed: " + Files.readString(folder.resolve("errors"), UTF_8));
    }
  }
}
