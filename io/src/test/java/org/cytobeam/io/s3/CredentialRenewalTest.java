package org.cytobeam.io.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.ByteArrayInputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.profiles.ProfileFile;

final class CredentialRenewalTest {

  private static final String CONFIG =
      """
      [default]
      aws_access_key_id = CANARYKEY
      aws_secret_access_key = CANARYSECRET

      [profile lab]
      sso_session = institute
      sso_account_id = 1
      sso_role_name = reader

      [sso-session institute]
      sso_start_url = https://institute.awsapps.com/start
      sso_region = eu-central-1

      [profile old]
      sso_start_url = https://institute.awsapps.com/start

      [profile role]
      role_arn = arn:aws:iam::1:role/x
      source_profile = lab

      [profile temporary]
      aws_access_key_id = CANARYKEY
      aws_secret_access_key = CANARYSECRET
      aws_session_token = CANARYTOKEN

      [profile process]
      credential_process = /opt/login CANARYARGUMENT

      [profile round]
      source_profile = about
      [profile about]
      source_profile = round
      """;

  private static String sentence(String profile) {
    return sentence(false, Map.of(), profile);
  }

  private static String sentence(boolean given, Map<String, String> environment, String profile) {
    ProfileFile profiles =
        ProfileFile.builder()
            .content(new ByteArrayInputStream(CONFIG.getBytes(UTF_8)))
            .type(ProfileFile.Type.CONFIGURATION)
            .build();
    String sentence = new CredentialRenewal(given, environment::get, profiles, profile).sentence();
    assertThat(sentence, not(containsString("CANARY")));
    return sentence;
  }

  @Test
  void aProfileOfSingleSignOnIsLoggedInToAgain() {
    assertThat(sentence("lab"), is("`aws sso login --profile lab` renews them."));
    assertThat(sentence("old"), is("`aws sso login --profile old` renews them."));
  }

  @Test
  void aRoleIsRenewedByTheProfileThatTakesItOn() {
    assertThat(sentence("role"), is("`aws sso login --profile lab` renews them."));
  }

  @Test
  void keysOfAProfileAreConfiguredAnew() {
    assertThat(sentence("default"), is("`aws configure` takes new ones."));
  }

  @Test
  void aProfileThatIsNoneIsMade() {
    assertThat(
        sentence("gone"),
        is("`aws configure --profile gone` makes some, as does setting AWS_PROFILE."));
  }

  @Test
  void temporaryKeysOfAProfileArePutIntoIt() {
    assertThat(
        sentence("temporary"),
        is(
            "They are temporary: put a new aws_access_key_id, aws_secret_access_key and"
                + " aws_session_token into the profile temporary."));
  }

  @Test
  void aProgramThatGivesThemIsLoggedInTo() {
    assertThat(
        sentence("process"),
        is(
            "They come from the credential_process of the profile process: log in to what that"
                + " asks."));
  }

  @Test
  void theEnvironmentGoesBeforeAnyProfile() {
    assertThat(
        sentence(false, Map.of("AWS_ACCESS_KEY_ID", "CANARYKEY"), "lab"),
        is(
            "They come from the environment: set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and"
                + " AWS_SESSION_TOKEN anew."));
    assertThat(
        sentence(false, Map.of("AWS_ACCESS_KEY_ID", " "), "lab"),
        is("`aws sso login --profile lab` renews them."));
    assertThat(
        sentence(false, Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", "/t"), "lab"),
        is("They come by AWS_WEB_IDENTITY_TOKEN_FILE: put a new token into that file."));
  }

  @Test
  void givenOnesGoBeforeAllOthers() {
    assertThat(
        sentence(true, Map.of("AWS_ACCESS_KEY_ID", "CANARYKEY"), "lab"),
        is("They were given to this command: give it new ones."));
  }

  @Test
  void profilesThatNameEachOtherEnd() {
    assertThat(sentence("round").contains("aws configure --profile"), is(true));
  }
}
