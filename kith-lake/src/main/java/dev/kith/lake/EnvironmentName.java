package dev.kith.lake;

import java.util.regex.Pattern;

/** What environments may be called. */
public final class EnvironmentName {

  private static final int MAX_LENGTH = 40;
  private static final Pattern PATTERN = Pattern.compile("[a-z][a-z0-9_-]*");

  private EnvironmentName() {}

  /** Whether it is a lower-case letter, then letters, digits, '_' and '-', 40 at most in all. */
  public static boolean isValid(String name) {
    return name.length() <= MAX_LENGTH && PATTERN.matcher(name).matches();
  }

  static void check(String name) {
    if (!isValid(name)) {
      throw new IllegalArgumentException("Cannot name an environment: " + name);
    }
  }
}
