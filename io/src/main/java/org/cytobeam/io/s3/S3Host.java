package org.cytobeam.io.s3;

import java.util.function.DoubleSupplier;
import org.cytobeam.io.limits.HostLimit;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * What all requests to one host share.
 *
 * @param client makes one attempt of each request: repeating them is up to its users
 * @param contact with the host
 * @param random gives numbers from 0 to 1, for pauses
 */
record S3Host(
    S3AsyncClient client,
    S3Settings settings,
    HostLimit limit,
    FirstContact contact,
    DoubleSupplier random) {}
