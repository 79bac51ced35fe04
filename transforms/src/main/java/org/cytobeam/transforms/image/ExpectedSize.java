package org.cytobeam.transforms.image;

import org.cytobeam.transforms.outcome.DoneRule;
import org.cytobeam.transforms.outcome.Facts;

/** Asks that an image that was done before had the size that is expected now. */
record ExpectedSize(ImageSize size) implements DoneRule {

  private static final long serialVersionUID = 1L;

  @Override
  public boolean accepts(Facts facts) {
    return is(facts, Measures.IMAGE_WIDTH, size.width())
        && is(facts, Measures.IMAGE_HEIGHT, size.height());
  }

  private static boolean is(Facts facts, String measure, int value) {
    return Double.valueOf(value).equals(facts.getMeasures().get(measure));
  }
}
