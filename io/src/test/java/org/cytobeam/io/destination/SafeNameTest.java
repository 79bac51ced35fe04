package org.cytobeam.io.destination;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.text.Normalizer;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNameTest {

  private static final Locale LOCALE = Locale.getDefault();

  @AfterProperty
  void restoreLocale() {
    Locale.setDefault(LOCALE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "BR00126114|BR00126114",
        "a b#c+d&e=f@g,h;i(j)[k]{l}!$'|a b#c+d&e=f@g,h;i(j)[k]{l}!$'",
        "../etc|%2E.%2Fetc",
        ".|%2E",
        "..|%2E%2E",
        ".hidden|%2Ehidden",
        "/etc/x|%2Fetc%2Fx",
        "C:\\x|C%3A%5Cx",
        "\\\\host\\x|%5C%5Chost%5Cx",
        "%2e%2e|%252e%252e",
        "a*b?c\"d<e>f|a%2Ab%3Fc%22d%3Ce%3Ef",
        "~root|%7Eroot",
        "-rf|%2Drf",
        "a~b-c|a~b-c",
        "a.b.|a.b%2E",
        "` a b `|%20a b%20",
        "CON|%43ON",
        "nul.txt|%6Eul.txt",
        "Com7|%43om7",
        "LPT\u00b9|%4CPT\u00b9",
        "conin$|%63onin$",
        "`aux .tar.gz`|%61ux .tar.gz",
        "COM10|COM10",
        "console|console",
        "_cytobeam|%5Fcytobeam",
        "_Cytobeam|%5FCytobeam",
        "_x|_x",
        "caf\u00e9|caf\u00e9",
        "cafe\u0301|cafe%CC%81",
        "\u212b|%E2%84%AB",
        ":\u0301|%3A%CC%81",
        "\ud83d\udd2c|\ud83d\udd2c",
        "a\u202egnp.b|a%E2%80%AEgnp.b",
        "a\u2028b|a%E2%80%A8b",
        "a\u007fb|a%7Fb",
        "a\u0085b|a%C2%85b",
      })
  void escapesWhatIsUnsafeAndNothingElse(String value, String name) {
    assertThat(SafeName.encode(value), is(name));
    assertThat(SafeName.decode(name), is(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a|b", "a\0b", "a\nb", "a\r\nb", "\u001b[31m"})
  void escapesSeparatorsAndControlCharacters(String value) {
    assertThat(SafeName.encode(value).matches("[^|\\p{Cntrl}]+"), is(true));
    assertThat(SafeName.decode(SafeName.encode(value)), is(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\ud83d", "a\udd2cb"})
  void refusesWhatIsNoText(String value) {
    assertThrows(BadNameException.class, () -> SafeName.encode(value));
  }

  @ParameterizedTest
  @CsvSource({"a,255", "\u00e9,127", "*,85"})
  void refusesNamesBeyondTheLimit(String character, int times) {
    assertThat(
        SafeName.encode(character.repeat(times)).getBytes(UTF_8).length,
        is(lessThanOrEqualTo(SafeName.MAX_BYTES)));
    assertThrows(BadNameException.class, () -> SafeName.encode(character.repeat(times + 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "a%2", "%G0", "%C3", "%+1"})
  void refusesBrokenEscapes(String name) {
    assertThrows(BadNameException.class, () -> SafeName.decode(name));
  }

  @Property
  void isReversible(@ForAll("values") String value) {
    assertThat(SafeName.decode(SafeName.encode(value)), is(value));
  }

  @Property
  void isSafe(@ForAll("values") String value) {
    String name = SafeName.encode(value);
    assertThat(name, name.matches("[^/\\\\:*?\"<>|\\p{Cc}\\p{Cf}]+"), is(true));
    assertThat(name, name.matches("[ .~-].*|.*[ .]"), is(false));
    assertThat(
        name, name.matches("(?i)(CON|PRN|AUX|NUL|(COM|LPT)[0-9])( *\\..*)?|_cytobeam"), is(false));
    assertThat(name, Normalizer.isNormalized(name, Normalizer.Form.NFC), is(true));
  }

  @Property
  void makesOnlyCaseTwinsClash(@ForAll("values") String a, @ForAll("values") String b) {
    boolean clash =
        SafeName.clashKey(SafeName.encode(a)).equals(SafeName.clashKey(SafeName.encode(b)));
    if (clash) {
      assertThat(SafeName.clashKey(a), is(SafeName.clashKey(b)));
    }
  }

  @Property
  void keepsNormalisationTwinsApart(@ForAll("values") String value) {
    String twin = Normalizer.normalize(value, Normalizer.Form.NFD);
    Assume.that(!twin.equals(value));
    assertThat(
        SafeName.clashKey(SafeName.encode(twin)),
        is(not(SafeName.clashKey(SafeName.encode(value)))));
  }

  @Property
  void reportsCaseTwinsInEveryLanguage(
      @ForAll("letters") String value, @ForAll("locales") Locale l) {
    Locale.setDefault(l);
    String key = SafeName.clashKey(SafeName.encode("x" + value));
    assertThat(SafeName.clashKey(SafeName.encode("X" + value.toUpperCase(Locale.ROOT))), is(key));
    assertThat(SafeName.clashKey(SafeName.encode("x" + value.toLowerCase(Locale.ROOT))), is(key));
  }

  @ParameterizedTest
  @CsvSource({
    "a/B.png,A/b.PNG",
    "\u0130,i",
    "\u0131,I",
    "stra\u00dfe,STRASSE",
    "\u039f\u03a3,\u03bf\u03c2",
    "caf\u00e9,CAFE\u0301"
  })
  void foldsCaseAndNormalisation(String one, String other) {
    assertThat(SafeName.clashKey(one), is(SafeName.clashKey(other)));
  }

  @Provide
  Arbitrary<String> values() {
    Arbitrary<String> risky =
        Arbitraries.of(
            "/",
            "\\",
            "%",
            ".",
            "..",
            " ",
            "~",
            "-",
            ":",
            "*",
            "?",
            "\"",
            "<",
            ">",
            "|",
            "\0",
            "\n",
            "%2F",
            "%41",
            "CON",
            "nul",
            "com1",
            "LPT9",
            "_cytobeam",
            "\u0301",
            "\u0338",
            "e\u0301",
            "\u00e9",
            "\u00c9",
            "\u212b",
            "\u1100",
            "\u1161",
            "\uac00",
            "\u0130",
            "\u0131",
            "\u200d",
            "\u202e",
            "\ufeff",
            "\ud83d\udd2c",
            "a",
            "A",
            "i",
            "I");
    Arbitrary<String> any =
        Arbitraries.strings()
            .ofMaxLength(3)
            .filter(text -> text.codePoints().allMatch(SafeNameTest::isScalar));
    return Arbitraries.oneOf(risky, any)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(parts -> String.join("", parts))
        .filter(text -> !text.isEmpty());
  }

  private static boolean isScalar(int codePoint) {
    return Character.getType(codePoint) != Character.SURROGATE;
  }

  @Provide
  Arbitrary<String> letters() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withCharRange('A', 'Z')
        .withCharRange('\u00c0', '\u00d6')
        .withCharRange('\u00d8', '\u017e')
        .withCharRange('\u0391', '\u03a1')
        .withCharRange('\u0400', '\u044f')
        .ofMinLength(1)
        .ofMaxLength(12);
  }

  @Provide
  Arbitrary<Locale> locales() {
    return Arbitraries.of(Locale.ROOT, Locale.forLanguageTag("tr-TR"), Locale.forLanguageTag("lt"));
  }
}
