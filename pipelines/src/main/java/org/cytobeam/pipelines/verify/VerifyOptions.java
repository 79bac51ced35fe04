package org.cytobeam.pipelines.verify;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.cytobeam.io.destination.Check;
import org.cytobeam.pipelines.folder.FolderOptions;
import org.cytobeam.pipelines.options.Example;
import org.cytobeam.pipelines.options.OptionGroup;

/** The options of {@code verify}. */
public interface VerifyOptions extends FolderOptions {

  @OptionGroup(value = "Input", order = 10)
  @Description(
      "How a file is held against the manifest: by its length alone, or by its length and the hash"
          + " of all its bytes, which are read for it.")
  @Default.Enum("SIZE")
  @Example("sha256")
  Check getCheck();

  void setCheck(Check check);
}
