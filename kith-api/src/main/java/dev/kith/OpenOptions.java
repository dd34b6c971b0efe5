package dev.kith;

import dev.kith.lake.Release;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a project is opened with.
 *
 * @param environment that is read, built and published
 * @param variables the values of {@code ${NAME}} in kith.yaml
 * @param clock that tells today, and the times of runs
 */
public record OpenOptions(
    String environment, Function<String, Optional<String>> variables, Clock clock) {

  /** Production, the variables of this process, and its clock. */
  public static final OpenOptions DEFAULT =
      new OpenOptions(
          Release.PRODUCTION, name -> Optional.ofNullable(System.getenv(name)), Clock.systemUTC());

  /** To work beside production. */
  public OpenOptions in(String otherEnvironment) {
    return new OpenOptions(otherEnvironment, variables, clock);
  }

  public OpenOptions with(Function<String, Optional<String>> otherVariables) {
    return new OpenOptions(environment, otherVariables, clock);
  }

  public OpenOptions at(Clock otherClock) {
    return new OpenOptions(environment, variables, otherClock);
  }
}
