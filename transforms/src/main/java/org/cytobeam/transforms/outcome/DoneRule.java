package org.cytobeam.transforms.outcome;

import java.io.Serializable;

/**
 * What a job asks of an item that an earlier run did, before it counts as done. A value: equal
 * rules are interchangeable.
 */
public interface DoneRule extends Serializable {

  /** Returns whether what was found out about the item satisfies this run too. */
  boolean accepts(Facts facts);

  /** Returns the rule that asks nothing. */
  static DoneRule none() {
    return NoRule.NONE;
  }

  /** The rule that asks nothing. */
  enum NoRule implements DoneRule {
    /** The only one. */
    NONE;

    @Override
    public boolean accepts(Facts facts) {
      return true;
    }
  }
}
