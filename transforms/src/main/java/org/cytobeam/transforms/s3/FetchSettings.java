package org.cytobeam.transforms.s3;

import java.io.Serializable;
import java.time.Duration;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.transforms.outcome.DoneRule;
import org.cytobeam.transforms.outcome.RunSettings;

/**
 * What the fetching steps of one run share in a process.
 *
 * @param run the run
 * @param s3 how S3 is spoken to
 * @param maxBytes how long an object may be
 * @param rule what is asked of an item that was done before
 * @param betweenTasks for how long a process may be without the step before it gets it again
 */
record FetchSettings(
    RunSettings run, S3Settings s3, long maxBytes, DoneRule rule, Duration betweenTasks)
    implements Serializable {

  private static final long serialVersionUID = 1L;
}
