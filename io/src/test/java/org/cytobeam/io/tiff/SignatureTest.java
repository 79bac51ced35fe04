package org.cytobeam.io.tiff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.ImageException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

  @ParameterizedTest
  @CsvSource({"png, a PNG", "jpg, a JPEG", "gif, a GIF", "bmp, a BMP"})
  void namesOtherPictures(String format, String name) throws IOException {
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB), format, picture);

    assertLooksLike(name, picture.toByteArray());
  }

  @ParameterizedTest
  @CsvSource({
    "'<!DOCTYPE html><html></html>', an HTML page",
    "'\n <HTML><body>Sign in</body>', an HTML page",
    "'<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>', an XML document",
    "'<Error><Code>AccessDenied</Code></Error>', an XML document",
    "'version https://git-lfs.github.com/spec/v1\n', text",
    "'Microscopy', text",
    "'%PDF-1.7', a PDF",
    "'Zellkörper\n', text",
  })
  void namesTexts(String text, String name) {
    assertLooksLike(name, bytes(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"I", "II", "M", "MM", "II*", "MM\0", "II+\0"})
  void callsTheFirstBytesOfATiffTruncated(String start) {
    assertThat(refusal(bytes(start)).reason(), is(Reason.TRUNCATED));
  }

  @Test
  void looksBehindAByteOrderMark() {
    assertLooksLike("an HTML page", bytes("\ufeff<html>"));
  }

  @Test
  void namesGzip() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    new GZIPOutputStream(packed).close();

    assertLooksLike("gzip data", packed.toByteArray());
  }

  @ParameterizedTest
  @CsvSource({"IIU, 1", "MMAX, 2", "XI*, 3"})
  void isNotTakenInByHalfASignature(String start, int rest) {
    byte[] file = new byte[start.length() + rest];
    System.arraycopy(bytes(start), 0, file, 0, start.length());

    assertThat(refusal(file).reason(), is(Reason.NOT_AN_IMAGE));
  }

  @Test
  void tellsTheFirstBytesOfWhatItDoesNotKnow() {
    assertLooksLike("nothing known, it begins with 01 02 ff 00", new byte[] {1, 2, -1, 0, 7});
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 511, 512, 513, 4096, 3_000_000})
  void noticesFilesOfZeros(int length) {
    ImageException refusal = refusal(new byte[length]);

    assertThat(refusal.reason(), is(Reason.ZERO_FILLED));
    assertThat(refusal.getMessage(), is("each of the file's " + length + " bytes is 0"));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 511, 512, 1_048_575, 1_500_000, 2_999_999})
  void isNotTakenInByManyZeros(int nonZero) {
    byte[] file = new byte[3_000_000];
    file[nonZero] = 1;

    assertThat(refusal(file).reason(), is(Reason.NOT_AN_IMAGE));
  }

  @Test
  void callsAnEmptyFileTruncated() {
    ImageException refusal = refusal(new byte[0]);

    assertThat(refusal.reason(), is(Reason.TRUNCATED));
    assertThat(refusal.getMessage(), is("the file is empty"));
  }

  private static void assertLooksLike(String name, byte[] file) {
    ImageException refusal = refusal(file);

    assertThat(refusal.reason(), is(Reason.NOT_AN_IMAGE));
    assertThat(refusal.getMessage(), is("not a TIFF: the file looks like " + name));
  }

  private static ImageException refusal(byte[] file) {
    return assertThrows(ImageException.class, () -> new TiffDecoder().decode(ByteRanges.of(file)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
