package dev.kith.model.definition;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * In what the environment that one works in differs from production.
 *
 * @param connections names of those that it has instead of production's
 * @param sample the people that it works with; everybody if empty
 * @param expires how long it is kept after its last run
 */
public record EnvironmentSettings(
    String name, Set<String> connections, Optional<Sample> sample, Window.Span expires) {

  /** What people mean who name none. */
  public static final String PRODUCTION = "prod";

  /** How long an environment is kept if nothing else is said. */
  public static final Window.Span DEFAULT_EXPIRES =
      new Window.Span(Window.Direction.AHEAD, 30, Window.Unit.DAY);

  public EnvironmentSettings {
    connections = Collections.unmodifiableSet(new LinkedHashSet<>(connections));
  }

  /** An environment of which kith.yaml says nothing. */
  public static EnvironmentSettings of(String name) {
    return new EnvironmentSettings(name, Set.of(), Optional.empty(), DEFAULT_EXPIRES);
  }

  public boolean isProduction() {
    return name.equals(PRODUCTION);
  }

  /** When it may go that has had its last run at an instant. */
  public Instant expiry(Instant lastRun, ZoneId zone) {
    return expires.farEnd(lastRun, zone);
  }

  /**
   * A part of the people, the same in all sources.
   *
   * @param share above 0, 1 at most
   * @param by the column that tells whose a row is; sources that lack it are read whole
   */
  public record Sample(double share, String by) {
    public Sample {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException("Cannot take a share of people: " + share);
      }
    }
  }
}
