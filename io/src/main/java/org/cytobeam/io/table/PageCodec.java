package org.cytobeam.io.table;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;

/** Packs and unpacks the bodies of Parquet pages. */
final class PageCodec {

  private PageCodec() {}

  /** Returns whether pages of this codec can be unpacked. */
  static boolean canUnpack(CompressionCodec codec) {
    return switch (codec) {
      case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW -> true;
      default -> false;
    };
  }

  /**
   * Unpacks a part of an array.
   *
   * @param size the length that must come out, already checked against the limit
   * @throws ParquetFault if another length comes out, or nothing
   */
  static byte[] unpack(CompressionCodec codec, byte[] bytes, int offset, int length, int size)
      throws ParquetFault {
    return switch (codec) {
      case UNCOMPRESSED -> exactly(size, Arrays.copyOfRange(bytes, offset, offset + length));
      case SNAPPY -> unpack(new SnappyDecompressor(), bytes, offset, length, size);
      case ZSTD -> unpack(new ZstdDecompressor(), bytes, offset, length, size);
      case LZ4_RAW -> unpack(new Lz4Decompressor(), bytes, offset, length, size);
      case GZIP -> gunzip(bytes, offset, length, size);
      default -> throw new ParquetFault("pages packed with " + codec + " can't be read");
    };
  }

  private static byte[] unpack(
      Decompressor decompressor, byte[] bytes, int offset, int length, int size)
      throws ParquetFault {
    byte[] unpacked = new byte[size];
    try {
      int count = decompressor.decompress(bytes, offset, length, unpacked, 0, size);
      return exactly(size, count == size ? unpacked : new byte[0]);
    } catch (RuntimeException e) {
      throw new ParquetFault("a page can't be unpacked", e);
    }
  }

  private static byte[] gunzip(byte[] bytes, int offset, int length, int size) throws ParquetFault {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes, offset, length))) {
      byte[] unpacked = in.readNBytes(size);
      return exactly(size, in.read() < 0 ? unpacked : new byte[0]);
    } catch (IOException e) {
      throw new ParquetFault("a page can't be unpacked", e);
    }
  }

  private static byte[] exactly(int size, byte[] unpacked) throws ParquetFault {
    if (unpacked.length != size) {
      throw new ParquetFault("a page does not unpack to the " + size + " bytes it claims");
    }
    return unpacked;
  }

  /** Packs bytes with Snappy: the same ones give the same result on every machine. */
  static byte[] snappy(byte[] bytes) {
    SnappyCompressor compressor = new SnappyCompressor();
    byte[] packed = new byte[compressor.maxCompressedLength(bytes.length)];
    return Arrays.copyOf(
        packed, compressor.compress(bytes, 0, bytes.length, packed, 0, packed.length));
  }
}
