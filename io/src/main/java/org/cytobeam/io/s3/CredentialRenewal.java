package org.cytobeam.io.s3;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.profiles.ProfileProperty;

/**
 * Says how the credentials are renewed that requests to S3 are signed with, by where the AWS SDK
 * takes them from: given ones, then the environment, then the profile.
 *
 * <p>Where each stands: AWS SDKs and Tools Reference Guide, "Standardized credential providers". No
 * sentence has any part of a key in it.
 */
public final class CredentialRenewal {

  private static final String DEFAULT_PROFILE = "default";
  private static final String SSO_SESSION = "sso_session";

  /** So many profiles may name each other as the source of their credentials. */
  private static final int LONGEST_CHAIN = 8;

  private final boolean given;
  private final UnaryOperator<@Nullable String> environment;
  private final ProfileFile profiles;
  private final String profile;

  /**
   * Creates what knows a machine.
   *
   * @param given whether the settings have credentials of their own
   * @param environment the variables by name; null for one that is not set
   * @param profile the profile that is used
   */
  CredentialRenewal(
      boolean given,
      UnaryOperator<@Nullable String> environment,
      ProfileFile profiles,
      String profile) {
    this.given = given;
    this.environment = environment;
    this.profiles = profiles;
    this.profile = profile;
  }

  /** Returns a sentence about the credentials that clients of these settings use here. */
  public static String sentence(S3Settings settings) {
    return new CredentialRenewal(
            settings.credentials() != null,
            System::getenv,
            ProfileFile.defaultProfileFile(),
            ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow())
        .sentence();
  }

  /** Returns the sentence, with the command to give or the variables to set. */
  String sentence() {
    if (given) {
      return "They were given to this command: give it new ones.";
    }
    if (isSet("AWS_ACCESS_KEY_ID")) {
      return "They come from the environment: set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and"
          + " AWS_SESSION_TOKEN anew.";
    }
    if (isSet("AWS_WEB_IDENTITY_TOKEN_FILE")) {
      return "They come by AWS_WEB_IDENTITY_TOKEN_FILE: put a new token into that file.";
    }
    return ofProfile();
  }

  private boolean isSet(String variable) {
    String value = environment.apply(variable);
    return value != null && !value.isBlank();
  }

  private String ofProfile() {
    Optional<Profile> origin = origin();
    if (origin.isEmpty()) {
      return command("aws configure", profile) + " makes some, as does setting AWS_PROFILE.";
    }
    Profile found = origin.get();
    if (isSingleSignOn(found)) {
      return command("aws sso login", found.name()) + " renews them.";
    }
    if (found.property(ProfileProperty.CREDENTIAL_PROCESS).isPresent()) {
      return "They come from the credential_process of the profile "
          + found.name()
          + ": log in to what that asks.";
    }
    if (found.property(ProfileProperty.AWS_SESSION_TOKEN).isPresent()) {
      return "They are temporary: put a new aws_access_key_id, aws_secret_access_key and"
          + " aws_session_token into the profile "
          + found.name()
          + ".";
    }
    return command("aws configure", found.name()) + " takes new ones.";
  }

  /** Returns the profile whose credentials a role is taken on with, or the profile itself. */
  private Optional<Profile> origin() {
    Optional<Profile> at = profiles.profile(profile);
    for (int i = 0; i < LONGEST_CHAIN && at.isPresent() && !isSingleSignOn(at.get()); i++) {
      Optional<String> source = at.get().property(ProfileProperty.SOURCE_PROFILE);
      if (source.isEmpty()) {
        return at;
      }
      at = profiles.profile(source.get());
    }
    return at;
  }

  private static boolean isSingleSignOn(Profile profile) {
    return profile.property(SSO_SESSION).isPresent()
        || profile.property(ProfileProperty.SSO_START_URL).isPresent();
  }

  private static String command(String command, String profile) {
    String option = profile.equals(DEFAULT_PROFILE) ? "" : " --profile " + profile;
    return "`" + command + option + "`";
  }
}
