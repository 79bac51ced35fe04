package org.cytobeam.io.s3;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An access key given by the program itself. It is never printed.
 *
 * @param sessionToken of temporary credentials only
 */
public record StaticCredentials(
    String accessKeyId, String secretAccessKey, @Nullable String sessionToken)
    implements Serializable {

  @Override
  public String toString() {
    return "StaticCredentials[hidden]";
  }
}
