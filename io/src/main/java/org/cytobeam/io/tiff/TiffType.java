package org.cytobeam.io.tiff;

import java.util.Optional;

/** Types of the values in a directory: TIFF 6.0, section 2, and those that BigTIFF adds. */
public enum TiffType {
  BYTE(1, 1, Kind.UNSIGNED),
  ASCII(2, 1, Kind.OTHER),
  SHORT(3, 2, Kind.UNSIGNED),
  LONG(4, 4, Kind.UNSIGNED),
  RATIONAL(5, 8, Kind.OTHER),
  SBYTE(6, 1, Kind.SIGNED),
  UNDEFINED(7, 1, Kind.OTHER),
  SSHORT(8, 2, Kind.SIGNED),
  SLONG(9, 4, Kind.SIGNED),
  SRATIONAL(10, 8, Kind.OTHER),
  FLOAT(11, 4, Kind.OTHER),
  DOUBLE(12, 8, Kind.OTHER),
  IFD(13, 4, Kind.UNSIGNED),
  LONG8(16, 8, Kind.UNSIGNED),
  SLONG8(17, 8, Kind.SIGNED),
  IFD8(18, 8, Kind.UNSIGNED);

  private enum Kind {
    UNSIGNED,
    SIGNED,
    OTHER
  }

  private static final TiffType[] BY_CODE = new TiffType[19];

  static {
    for (TiffType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;
  private final int bytes;
  private final Kind kind;

  TiffType(int code, int bytes, Kind kind) {
    this.code = code;
    this.bytes = bytes;
    this.kind = kind;
  }

  /** Returns the type that a file writes as {@code code}, or empty if there is none. */
  public static Optional<TiffType> of(int code) {
    return code < 0 || code >= BY_CODE.length
        ? Optional.empty()
        : Optional.ofNullable(BY_CODE[code]);
  }

  /** Returns the number that stands for this type in a file. */
  public int code() {
    return code;
  }

  /** Returns how many bytes one value takes. */
  public int bytes() {
    return bytes;
  }

  /** Returns whether values are whole numbers, of any width; these are interchangeable. */
  public boolean isInteger() {
    return kind != Kind.OTHER;
  }

  boolean isSigned() {
    return kind == Kind.SIGNED;
  }
}
