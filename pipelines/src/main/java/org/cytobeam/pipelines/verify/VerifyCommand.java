package org.cytobeam.pipelines.verify;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.pipelines.cli.Command;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.cli.Results;
import org.cytobeam.pipelines.folder.GivenFolder;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;

/**
 * {@code verify}: holds a finished output folder against its manifest. It reads that folder alone,
 * never the source, and writes nothing.
 */
public final class VerifyCommand implements Command<VerifyOptions> {

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public String summary() {
    return "Check the files of an output folder against its manifest, without the source.";
  }

  @Override
  public List<String> examples() {
    return List.of("verify out", "verify out --check sha256");
  }

  @Override
  public Class<VerifyOptions> options() {
    return VerifyOptions.class;
  }

  @Override
  public List<Mistake> check(VerifyOptions options) {
    return GivenFolder.check(options);
  }

  @Override
  public ExitCode run(VerifyOptions options, Invocation invocation)
      throws IOException, MistakesException {
    invocation
        .interrupt()
        .means(ExitCode.INTERRUPTED, "Interrupted before all files were checked.");
    return GivenFolder.open(
        options, invocation, folder -> verify(folder, options.getCheck(), invocation.results()));
  }

  private static ExitCode verify(Destination folder, Check check, Results results)
      throws IOException, MistakesException {
    try {
      Verification found = Verification.of(folder, check);
      results.put("verification", VerifyResult.json(found), VerifyResult.lines(found));
      return found.isProven() && found.failed() == 0 ? ExitCode.DONE : ExitCode.INCOMPLETE;
    } catch (FileNotFoundException e) {
      throw GivenFolder.refusal("there is no " + e.getMessage());
    }
  }
}
