package org.cytobeam.io.destination;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FolderSyncTest {

  private static final Path ROOT = Path.of("/root");
  private static final Path A = ROOT.resolve("a");
  private static final Path B = A.resolve("b");

  private final List<Path> synced = new ArrayList<>();

  @Test
  void syncsAtOnceAndTheFoldersAboveWithTheFirstFile() throws IOException {
    FolderSync folders = new FolderSync(Durability.ITEM, synced::add);
    folders.changed(ROOT, B);
    assertThat(synced, contains(B, A, ROOT));
    folders.changed(ROOT, B);
    assertThat(synced, contains(B, A, ROOT, B));
    folders.sync();
    assertThat(synced, contains(B, A, ROOT, B));
  }

  @Test
  void syncsEachFolderOnceAtTheEnd() throws IOException {
    FolderSync folders = new FolderSync(Durability.RUN, synced::add);
    folders.changed(ROOT, B);
    folders.changed(ROOT, B);
    folders.changed(ROOT, A);
    assertThat(synced, is(empty()));
    folders.sync();
    assertThat(synced, containsInAnyOrder(B, A, ROOT));
    synced.clear();
    folders.changed(ROOT, B);
    folders.sync();
    assertThat(synced, contains(B));
  }

  @Test
  void syncsWhatWasFoundAtTheEnd() throws IOException {
    FolderSync folders = new FolderSync(Durability.ITEM, synced::add);
    folders.remember(ROOT, A);
    assertThat(synced, is(empty()));
    folders.sync();
    assertThat(synced, containsInAnyOrder(A, ROOT));
  }

  @Test
  void triesAgainAfterAFailure() throws IOException {
    boolean[] broken = {true};
    FolderSync folders =
        new FolderSync(
            Durability.RUN,
            folder -> {
              if (broken[0]) {
                throw new IOException("broken");
              }
              synced.add(folder);
            });
    folders.changed(ROOT, ROOT);
    assertThrows(IOException.class, folders::sync);
    broken[0] = false;
    folders.sync();
    assertThat(synced, contains(ROOT));
  }
}
