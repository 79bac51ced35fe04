package org.cytobeam.transforms.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.cytobeam.transforms.outcome.FailureClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ErrorPageTest {

  private static boolean begins(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return ErrorPage.begins(bytes, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html>",
        "<!doctype HTML public",
        " \r\n\t<html>",
        "<HTML lang=en>",
        "\u00EF\u00BB\u00BF<html>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code>",
        "<Error>",
        "<?xml version='1.0'?><Error/>",
      })
  void pagesAreKnown(String text) {
    assertThat(begins(text), is(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<",
        "   ",
        "<htm",
        "<htmlish>",
        "<svg xmlns=",
        "<?xml version=\"1.0\"?><svg>",
        "<?xml version=\"1.0\"?><Errors>",
        "<?xml version=\"1.0\"",
        "\u0089PNG\r\n\u001a\n",
        "\u00FF\u00D8\u00FF\u00E0 <html>",
        "II*\0<html>",
        "text <html>",
      })
  void otherBeginningsAreNot(String text) {
    assertThat(begins(text), is(false));
  }

  @Test
  void onlyTheNamesOfPicturesAre() {
    assertThat(ErrorPage.isPictureName("a/b.JPG"), is(true));
    assertThat(ErrorPage.isPictureName("s3://b/k.tar.jp2"), is(true));
    assertThat(ErrorPage.isPictureName("a.jpg/b"), is(false));
    assertThat(ErrorPage.isPictureName("page.html"), is(false));
    assertThat(ErrorPage.isPictureName("jpg"), is(false));
  }

  @Property(tries = 300)
  void aGuardPassesOnWhateverIsNoPage(@ForAll byte[] bytes, @ForAll @IntRange(min = 1) int seed)
      throws IOException {
    byte[] picture = new byte[bytes.length * 7 + 1];
    for (int i = 0; i < bytes.length * 7; i++) {
      picture[i + 1] = bytes[i % bytes.length];
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PageGuard guard = new PageGuard(out);
    int step = 1 + Math.floorMod(seed, 700);
    for (int at = 0; at < picture.length; at += step) {
      guard.write(picture, at, Math.min(step, picture.length - at));
    }
    guard.finish();

    assertThat(out.toByteArray(), is(picture));
  }

  @Test
  void aGuardLetsNothingOfAPageThrough() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PageGuard guard = new PageGuard(out);
    for (byte b : "<html>".getBytes(UTF_8)) {
      guard.write(b);
    }

    UnusableObjectException refused = assertThrows(UnusableObjectException.class, guard::finish);

    assertThat(refused.failureClass(), is(FailureClass.NOT_AN_IMAGE));
    assertThat(out.size(), is(0));
  }
}
