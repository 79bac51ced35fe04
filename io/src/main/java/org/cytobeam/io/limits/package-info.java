/**
 * What keeps a process within bounds: {@link org.cytobeam.io.limits.HostLimit how fast one host is
 * asked}, and {@link org.cytobeam.io.limits.ByteWindow how many bytes are on their way}. Nothing
 * here knows a protocol, and nothing keeps a thread waiting.
 */
@NullMarked
package org.cytobeam.io.limits;

import org.jspecify.annotations.NullMarked;
