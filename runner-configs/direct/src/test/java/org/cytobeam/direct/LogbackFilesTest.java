package org.cytobeam.direct;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cytobeam.pipelines.log.RunLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogbackFilesTest {

  private static final Logger LOG = LoggerFactory.getLogger("org.apache.beam.trial");

  @TempDir private Path folder;

  @Test
  void holdsWhatWasLoggedWhileItWasAttached() throws IOException {
    LOG.info("before");
    RunLog run = RunLog.attach(folder.resolve("a/b/run.log"));
    LOG.info("within");
    LOG.debug("details");
    run.close();
    LOG.info("after");

    assertThat(
        Files.readAllLines(run.file()),
        contains(
            matchesPattern(
                "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  \\[main]"
                    + " org.apache.beam.trial - within")));
  }

  @Test
  void addsToAFileThatIsThere() throws IOException {
    Path file = Files.writeString(folder.resolve("run.log"), "first run\n");
    try (RunLog run = RunLog.attach(file)) {
      LOG.info("second run");
    }

    assertThat(Files.readAllLines(file), contains(equalTo("first run"), endsWith("second run")));
  }

  @Test
  void canBeTemporary() throws IOException {
    RunLog run = RunLog.attachTemporary();
    LOG.info("for S3");
    run.close();

    assertThat(Files.readAllLines(run.file()), contains(endsWith("for S3")));
    Files.delete(run.file());
  }

  @Test
  void saysThatAFileCanNotBeWritten() throws IOException {
    Path file = Files.createDirectory(folder.resolve("run.log"));

    assertThrows(IOException.class, () -> RunLog.attach(file));
  }
}
