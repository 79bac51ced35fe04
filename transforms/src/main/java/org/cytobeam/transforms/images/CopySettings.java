package org.cytobeam.transforms.images;

import java.io.Serializable;
import java.time.Duration;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.transforms.outcome.RunSettings;

/**
 * What the copying steps of one run share in a process.
 *
 * @param run the run
 * @param s3 how the source is spoken to
 * @param wholeBytes how long an object may be to be fetched whole; longer ones are streamed
 * @param pendingBytes how many bytes of objects may be on their way, or not yet written
 * @param encoded what becomes of objects that are stored encoded
 * @param betweenTasks for how long a process may be without the step before it gets it again
 */
record CopySettings(
    RunSettings run,
    S3Settings s3,
    int wholeBytes,
    long pendingBytes,
    EncodedObjects encoded,
    Duration betweenTasks)
    implements Serializable {

  private static final long serialVersionUID = 1L;
}
