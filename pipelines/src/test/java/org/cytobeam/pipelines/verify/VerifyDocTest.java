package org.cytobeam.pipelines.verify;

import java.io.IOException;
import org.cytobeam.pipelines.options.OptionPage;
import org.junit.jupiter.api.Test;

/** {@code docs/outputs.md} lists the options of {@code verify}. */
final class VerifyDocTest {

  @Test
  void listsTheOptionsAsTheHelpDoes() throws IOException {
    new OptionPage("outputs.md", "VerifyDocTest").assertLists(VerifyOptions.class);
  }
}
