package org.cytobeam.pipelines.verify;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.pipelines.log.BriefLog;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.outcome.ManifestRows;
import org.cytobeam.transforms.outcome.RunFolder;
import org.cytobeam.transforms.outcome.StoredFile;
import org.cytobeam.transforms.outcome.TableFiles;

/**
 * What came of holding an output folder against its manifest.
 *
 * @param root the folder
 * @param check by what its files were held against it
 * @param done how many items the manifest says are done
 * @param failedByClass how many it says failed
 * @param files how many files should be there: of items and tables
 * @param bytes their lengths together
 * @param findings the files that are not as they should be, sorted by kind and path
 * @param unfinished how many segments of a journal are left, of a run that was stopped or goes on
 */
record Verification(
    String root,
    Check check,
    long done,
    Map<String, Long> failedByClass,
    long files,
    long bytes,
    List<Finding> findings,
    int unfinished) {

  private static final String RECORDS = RunFolder.ROOT + "/";

  /**
   * Looks at a folder and writes nothing. Holds the path of each file and what is wrong with some,
   * but one row of the manifest at a time: 100,000 sound files need less than 48 MB.
   *
   * @throws FileNotFoundException if there is no manifest
   * @throws org.cytobeam.transforms.outcome.DamagedManifestException if it can't be read
   */
  static Verification of(Destination destination, Check check) throws IOException {
    try (Gathering gathering = new Gathering(destination, check)) {
      gathering.look();
      return gathering.result();
    }
  }

  /** Returns how many items the manifest says failed. */
  long failed() {
    return failedByClass.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns how many files are of a kind. */
  long count(Finding.Kind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).count();
  }

  /** Returns whether every file is there and as it was written, and no run is unfinished. */
  boolean isProven() {
    return unfinished == 0 && findings.stream().noneMatch(finding -> finding.kind().isFault());
  }

  private static final class Gathering implements AutoCloseable {
    private final Destination destination;
    private final Check check;
    private final ParallelChecks checks;
    private final Map<String, Long> failedByClass = new TreeMap<>();
    private final Set<String> unknown = new HashSet<>();
    private long done;
    private long files;
    private long bytes;
    private int unfinished;

    Gathering(Destination destination, Check check) {
      this.destination = destination;
      this.check = check;
      this.checks = new ParallelChecks(new FileCheck(destination, check));
    }

    void look() throws IOException {
      unfinished = destination.list(RunFolder.JOURNAL).size();
      destination.list("").stream()
          .filter(path -> !path.startsWith(RECORDS) && !BriefLog.isAt(path))
          .forEach(unknown::add);
      if (!ManifestRows.read(destination, this::add)) {
        throw new FileNotFoundException(destination.address(RunFolder.MANIFEST));
      }
      TableFiles.read(destination).forEach(this::add);
    }

    private void add(ManifestRow row) {
      Failure failure = row.getFailure();
      if (failure != null) {
        failedByClass.merge(failure.getFailureClass().label(), 1L, Long::sum);
      } else {
        done++;
      }
      row.getFacts().getFiles().forEach(this::add);
    }

    private void add(StoredFile file) {
      files++;
      bytes += file.getBytes();
      unknown.remove(file.getPath());
      checks.add(file);
    }

    Verification result() throws IOException {
      List<Finding> findings = checks.await();
      unknown.forEach(path -> findings.add(Finding.unknown(path)));
      findings.sort(Finding.ORDER);
      return new Verification(
          destination.root(), check, done, failedByClass, files, bytes, findings, unfinished);
    }

    @Override
    public void close() {
      checks.close();
    }
  }
}
