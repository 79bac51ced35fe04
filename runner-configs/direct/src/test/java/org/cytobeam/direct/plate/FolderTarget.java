package org.cytobeam.direct.plate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cytobeam.testing.plate.OutputFiles;
import org.cytobeam.testing.plate.Tree;

/** Output folders on this machine. */
public final class FolderTarget implements KillTarget {

  private final Path parent;
  private int number;

  /** Creates a target whose output folders lie in a folder, named by numbers. */
  public FolderTarget(Path parent) {
    this.parent = parent;
  }

  private Path out() {
    return parent.resolve("out" + number);
  }

  @Override
  public void renew() {
    number++;
  }

  /** Names survive a power cut at once in one folder, and from the end of a run in the next. */
  @Override
  public List<String> options() {
    return List.of("--output_dir=" + out(), "--durable=" + (number % 2 == 0 ? "item" : "run"));
  }

  @Override
  public List<String> flags() {
    return List.of();
  }

  @Override
  public int images() throws IOException {
    return Tree.images(out());
  }

  @Override
  public OutputFiles files() throws IOException {
    return Files.exists(out()) ? OutputFiles.local(out()) : OutputFiles.none();
  }

  @Override
  public List<String> unfinished() throws IOException {
    return files().files().keySet().stream().filter(path -> path.endsWith(".tmp")).toList();
  }

  /** Has nothing to do: the operating system has done it. */
  @Override
  public void freeLocks() {}
}
