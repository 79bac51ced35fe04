package org.cytobeam.io.table;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.LongFunction;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * Words Parquet values as text.
 *
 * <p>Whole numbers are written as such also where pandas made them floating point (it does so in a
 * column with gaps): {@code 1.0} becomes {@code 1}; and NaN, which is how pandas writes a gap,
 * becomes an absent cell. Times are ISO 8601, with {@code Z} where the file says that they are UTC.
 */
final class CellText {

  private static final double LARGEST_EXACT_INTEGER = 1L << 53;
  private static final long NANOS_OF_SECOND = 1_000_000_000L;
  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
  private static final int LONGEST_DECIMAL = 64;

  private CellText() {}

  /**
   * Returns the decoder of a column.
   *
   * @throws ParquetFault if values of its type have no text
   */
  static CellDecoder of(ParquetColumn column, TableLimits limits) throws ParquetFault {
    SchemaElement element = column.element();
    CellDecoder decoder =
        switch (element.getType()) {
          case BOOLEAN -> reader -> String.valueOf(reader.getBoolean());
          case INT32 -> int32(element);
          case INT64 -> int64(element);
          case INT96 -> reader -> julianTime(bytes(reader.getBinary(), 12));
          case FLOAT ->
              reader -> number(reader.getFloat(), NumberOutput.toString(reader.getFloat(), true));
          case DOUBLE ->
              reader -> number(reader.getDouble(), NumberOutput.toString(reader.getDouble(), true));
          case BYTE_ARRAY -> binary(element, limits.cellBytes());
          case FIXED_LEN_BYTE_ARRAY -> fixed(element, limits.cellBytes());
        };
    if (decoder == null) {
      throw new ParquetFault(
          "column " + column.name() + " has values that are no text: " + typeName(element));
    }
    return decoder;
  }

  private static String typeName(SchemaElement element) {
    return element.isSetLogicalType()
        ? String.valueOf(element.getLogicalType().getSetField())
        : element.getType().toString();
  }

  private static CellDecoder int32(SchemaElement element) throws ParquetFault {
    LongFunction<String> text = integerText(element, 32);
    return reader -> text.apply(reader.getInteger());
  }

  private static CellDecoder int64(SchemaElement element) throws ParquetFault {
    LongFunction<String> text = integerText(element, 64);
    return reader -> text.apply(reader.getLong());
  }

  private static LongFunction<String> integerText(SchemaElement element, int bits)
      throws ParquetFault {
    LogicalType logical = element.getLogicalType();
    ConvertedType converted = element.getConverted_type();
    if (isDecimal(element)) {
      int scale = scale(element);
      return value -> BigDecimal.valueOf(value, scale).toPlainString();
    }
    if (converted == ConvertedType.DATE || (logical != null && logical.isSetDATE())) {
      return value -> LocalDate.ofEpochDay(value).toString();
    }
    if (logical != null && logical.isSetTIMESTAMP()) {
      long units = unitsOfSecond(logical.getTIMESTAMP().getUnit());
      boolean utc = logical.getTIMESTAMP().isIsAdjustedToUTC();
      return value -> timestamp(value, units, utc);
    }
    if (logical != null && logical.isSetTIME()) {
      long nanos = NANOS_OF_SECOND / unitsOfSecond(logical.getTIME().getUnit());
      return value -> LocalTime.ofNanoOfDay(Math.multiplyExact(value, nanos)).toString();
    }
    if (converted != null) {
      return convertedText(converted);
    }
    return logical != null && logical.isSetINTEGER() && !logical.getINTEGER().isIsSigned()
        ? value -> unsigned(value, bits)
        : Long::toString;
  }

  /** Returns the text of types in files from before there were logical ones. */
  private static LongFunction<String> convertedText(ConvertedType converted) {
    return switch (converted) {
      case TIMESTAMP_MILLIS -> value -> timestamp(value, 1_000, true);
      case TIMESTAMP_MICROS -> value -> timestamp(value, 1_000_000, true);
      case TIME_MILLIS -> value -> LocalTime.ofNanoOfDay(value * 1_000_000).toString();
      case TIME_MICROS -> value -> LocalTime.ofNanoOfDay(value * 1_000).toString();
      case UINT_8, UINT_16, UINT_32 -> value -> unsigned(value, 32);
      case UINT_64 -> value -> unsigned(value, 64);
      default -> Long::toString;
    };
  }

  private static String unsigned(long value, int bits) {
    return Long.toUnsignedString(bits == 32 ? value & 0xffff_ffffL : value);
  }

  private static long unitsOfSecond(TimeUnit unit) throws ParquetFault {
    if (unit.isSetMILLIS()) {
      return 1_000;
    }
    if (unit.isSetMICROS()) {
      return 1_000_000;
    }
    if (unit.isSetNANOS()) {
      return NANOS_OF_SECOND;
    }
    throw new ParquetFault("the unit of a time is unknown");
  }

  private static String timestamp(long value, long unitsOfSecond, boolean utc) {
    Instant instant =
        Instant.ofEpochSecond(
            Math.floorDiv(value, unitsOfSecond),
            Math.floorMod(value, unitsOfSecond) * (NANOS_OF_SECOND / unitsOfSecond));
    return utc ? instant.toString() : instant.atOffset(ZoneOffset.UTC).toLocalDateTime().toString();
  }

  /** Words the time stamps of Impala and old Spark: nanoseconds of a day and a Julian day. */
  private static String julianTime(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Duration time = Duration.ofNanos(buffer.getLong());
    long day = buffer.getInt() - JULIAN_DAY_OF_EPOCH;
    return LocalDate.ofEpochDay(day).atStartOfDay().plus(time).toString();
  }

  private static @Nullable String number(double value, String text) {
    if (Double.isNaN(value)) {
      return null;
    }
    return value == Math.rint(value) && Math.abs(value) <= LARGEST_EXACT_INTEGER
        ? Long.toString((long) value)
        : text;
  }

  private static @Nullable CellDecoder binary(SchemaElement element, int limit) {
    LogicalType logical = element.getLogicalType();
    if (isDecimal(element)) {
      int scale = scale(element);
      return reader -> decimal(bytes(reader.getBinary(), LONGEST_DECIMAL), scale);
    }
    boolean text =
        logical == null
            ? element.getConverted_type() != ConvertedType.BSON
            : logical.isSetSTRING() || logical.isSetENUM() || logical.isSetJSON();
    return text ? reader -> utf8(bytes(reader.getBinary(), limit)) : null;
  }

  private static @Nullable CellDecoder fixed(SchemaElement element, int limit) {
    LogicalType logical = element.getLogicalType();
    if (isDecimal(element)) {
      int scale = scale(element);
      return reader -> decimal(bytes(reader.getBinary(), LONGEST_DECIMAL), scale);
    }
    if (logical != null && logical.isSetUUID() && element.getType_length() == 16) {
      return CellText::uuid;
    }
    return logical == null && element.getConverted_type() == null
        ? reader -> utf8(bytes(reader.getBinary(), limit))
        : null;
  }

  private static String uuid(ColumnReader reader) throws CellDecoder.CellException {
    ByteBuffer bytes = ByteBuffer.wrap(bytes(reader.getBinary(), 16));
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }

  private static boolean isDecimal(SchemaElement element) {
    return element.getConverted_type() == ConvertedType.DECIMAL
        || (element.isSetLogicalType() && element.getLogicalType().isSetDECIMAL());
  }

  /** Returns the decimal places, kept where no writer's types end so that texts stay short. */
  private static int scale(SchemaElement element) {
    int scale =
        element.isSetLogicalType() && element.getLogicalType().isSetDECIMAL()
            ? element.getLogicalType().getDECIMAL().getScale()
            : element.getScale();
    return Math.max(0, Math.min(scale, 1_000));
  }

  private static String decimal(byte[] unscaled, int scale) {
    return new BigDecimal(new BigInteger(unscaled), scale).toPlainString();
  }

  private static byte[] bytes(Binary binary, int limit) throws CellDecoder.CellException {
    if (binary.length() > limit) {
      throw new CellDecoder.CellException("is longer than " + limit + " bytes");
    }
    return binary.getBytes();
  }

  private static String utf8(byte[] bytes) throws CellDecoder.CellException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CellDecoder.CellException("has bytes that are not UTF-8");
    }
  }
}
