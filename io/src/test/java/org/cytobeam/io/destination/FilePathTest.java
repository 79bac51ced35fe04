package org.cytobeam.io.destination;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePathTest {

  @Test
  void splitsIntoNames() {
    FilePath path = FilePath.of("a/b c/d.png");
    assertThat(path.names(), contains("a", "b c", "d.png"));
    assertThat(path.folder().names(), contains("a", "b c"));
    assertThat(path.name(), is("d.png"));
    assertThat(path.toString(), is("a/b c/d.png"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", "a/..", "a\0b"})
  void refusesWhatLeavesOrIsNoName(String path) {
    assertThrows(IllegalArgumentException.class, () -> FilePath.of(path));
  }

  @Test
  void takesAnEmptyPathForTheRootFolderOnly() {
    assertThat(FilePath.ofFolder("").names(), is(empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/.b.20261122T093000Z-1a2b3c4d.1a2b3c4d-1.tmp",
        "_cytobeam/runs/20261122T093000Z-1a2b3c4d/lock"
      })
  void keepsInternalNamesFromBeingWritten(String path) {
    assertThrows(IllegalArgumentException.class, () -> FilePath.toWrite(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.b/c", "a/.log", "a/log."})
  void wantsLogsToHaveAnExtension(String path) {
    assertThrows(IllegalArgumentException.class, () -> FilePath.toLog(path));
  }

  @Test
  void takesAnyExtensionForALog() {
    assertThat(FilePath.toLog("a/b.jsonl").name(), is("b.jsonl"));
    assertThat(FilePath.toLog("a.b/c.d.log").name(), is("c.d.log"));
  }
}
