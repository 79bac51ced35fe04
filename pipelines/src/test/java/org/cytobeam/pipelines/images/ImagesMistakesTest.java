package org.cytobeam.pipelines.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.transforms.images.ClashingName;
import org.cytobeam.transforms.images.MatchAnalysis;
import org.junit.jupiter.api.Test;

final class ImagesMistakesTest {

  @Test
  void aClashIsToldByItsNameWhateverThatHas() {
    MatchAnalysis found =
        MatchAnalysis.builder()
            .setClashes(3)
            .setClashingNames(
                List.of(ClashingName.of("well: A1\n.png", "its file x would be that of y: z too")))
            .build();

    MistakesException refused =
        assertThrows(MistakesException.class, () -> ImagesMistakes.refuseClashes(found));

    assertThat(
        refused.mistakes(),
        is(
            List.of(
                Mistake.at(
                    "well: A1\n.png",
                    "its file x would be that of y: z too",
                    "rename one in the table, or give --keep_path or --save_as"),
                Mistake.at("and 2 more", "names of this kind", ""))));
  }
}
