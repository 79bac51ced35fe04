package org.cytobeam.testing.disk;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class SmallDiskTest {

  private static final String SETTING = "CYTOBEAM_MUST_MOUNT";
  private static final String MESSAGE =
      "not tested is what happens on a disk with size=1m: it can't be mounted here, which needs"
          + " root";

  @TempDir private Path folder;

  @AfterEach
  void forget() {
    System.clearProperty(SETTING);
  }

  /** Nobody can mount anything on a folder that is not there. */
  private SmallDisk mount(String must) throws Exception {
    System.setProperty(SETTING, must);
    return new SmallDisk(folder.resolve("absent"), "size=1m");
  }

  @Test
  void abortsATestThatCanNotMount() {
    var aborted = assertThrows(TestAbortedException.class, () -> mount("0"));
    assertThat(aborted.getMessage(), is(MESSAGE));
  }

  @Test
  void failsATestThatMustMount() {
    var failed = assertThrows(IllegalStateException.class, () -> mount("1"));
    assertThat(failed.getMessage(), is(MESSAGE));
  }
}
