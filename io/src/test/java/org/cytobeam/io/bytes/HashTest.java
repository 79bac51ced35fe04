package org.cytobeam.io.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasToString;
import static org.hamcrest.Matchers.is;

import java.security.MessageDigest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashTest {

  /** The examples of RFC 1321, A.5, and of FIPS 180-2, A.1 and B.1. */
  @ParameterizedTest
  @CsvSource({
    "MD5, MD5, 900150983cd24fb0d6963f7d28e17f72",
    "SHA1, SHA-1, a9993e364706816aba3e25717850c26c9cd0d89d",
    "SHA256, SHA-256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
  })
  void hashesAsTheStandardsSay(Hash hash, String name, String ofAbc) {
    assertThat(hash, hasToString(name));
    assertThat(hash.hex("abc"), is(ofAbc));
    assertThat(hash.hex("abc".getBytes(UTF_8)), is(ofAbc));
    MessageDigest digest = hash.digest();
    digest.update((byte) 'a');
    digest.update("bc".getBytes(UTF_8));
    assertThat(Hash.hex(digest), is(ofAbc));
  }
}
