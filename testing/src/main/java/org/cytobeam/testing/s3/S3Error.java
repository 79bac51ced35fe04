package org.cytobeam.testing.s3;

/** The errors that are answered, with the status that S3 gives each. */
enum S3Error {
  ACCESS_DENIED("AccessDenied", 403, "Access Denied"),
  BAD_DIGEST("BadDigest", 400, "The checksum you specified did not match what we received."),
  EXPIRED_TOKEN("ExpiredToken", 400, "The provided token has expired."),
  INTERNAL_ERROR("InternalError", 500, "We encountered an internal error. Please try again."),
  INVALID_ACCESS_KEY_ID(
      "InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist."),
  INVALID_ARGUMENT("InvalidArgument", 400, "Invalid Argument"),
  INVALID_PART("InvalidPart", 400, "One or more of the specified parts could not be found."),
  INVALID_RANGE("InvalidRange", 416, "The requested range is not satisfiable"),
  NO_SUCH_BUCKET("NoSuchBucket", 404, "The specified bucket does not exist"),
  NO_SUCH_KEY("NoSuchKey", 404, "The specified key does not exist."),
  NO_SUCH_UPLOAD("NoSuchUpload", 404, "The specified upload does not exist."),
  NOT_IMPLEMENTED("NotImplemented", 501, "This test server does not implement the operation."),
  PERMANENT_REDIRECT("PermanentRedirect", 301, "The bucket is in another region."),
  PRECONDITION_FAILED("PreconditionFailed", 412, "At least one precondition did not hold."),
  REQUEST_TIMEOUT("RequestTimeout", 408, "Your connection was idle for too long."),
  SERVICE_UNAVAILABLE("ServiceUnavailable", 503, "Service is unable to handle request."),
  SLOW_DOWN("SlowDown", 503, "Please reduce your request rate.");

  private final String code;
  private final int status;
  private final String message;

  S3Error(String code, int status, String message) {
    this.code = code;
    this.status = status;
    this.message = message;
  }

  /** Returns the answer that carries this error as XML. */
  Response response() {
    return response(status, code, message);
  }

  /** Returns the error that S3 most often means by a status. */
  static Response ofStatus(int status) {
    if (status == SLOW_DOWN.status) {
      return SLOW_DOWN.response();
    }
    for (S3Error error : values()) {
      if (error.status == status) {
        return error.response();
      }
    }
    return response(status, "Status" + status, "Answered by a script of the test.");
  }

  static Response response(int status, String code, String message) {
    Xml xml =
        new Xml("Error").text("Code", code).text("Message", message).text("RequestId", "test");
    return Response.xml(status, xml);
  }
}
