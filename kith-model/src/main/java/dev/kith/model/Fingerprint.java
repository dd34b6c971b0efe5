package dev.kith.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 over the canonical form of a definition: equal fingerprints mean that the same input
 * gives the same rows.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {

  /** Of parts in order; ("ab", "c") and ("a", "bc") differ. */
  public static Fingerprint of(List<String> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return new Fingerprint(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  public static Fingerprint of(String... parts) {
    return of(List.of(parts));
  }

  /** The first eight digits, for names that people see. */
  public String abbreviated() {
    return hex.substring(0, 8);
  }

  @Override
  public String toString() {
    return hex;
  }
}
