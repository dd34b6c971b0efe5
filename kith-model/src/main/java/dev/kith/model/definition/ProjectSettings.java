package dev.kith.model.definition;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code kith.yaml}.
 *
 * @param timezone where days begin, and where local timestamps are read
 * @param warehouse a folder, relative to the project's or absolute; {@code .kith/warehouse} by
 *     default
 * @param retries of what failed outside
 * @param keep which releases cleaning leaves alone
 * @param connections by name, as they are in the environment
 * @param lineage where runs are told of, if anywhere
 * @param environment that one works in
 */
public record ProjectSettings(
    String name,
    ZoneId timezone,
    AsOfDefault asOf,
    String warehouse,
    Resources resources,
    Retries retries,
    Keep keep,
    Map<String, Connection> connections,
    Optional<LineageSettings> lineage,
    EnvironmentSettings environment) {

  public ProjectSettings {
    connections = Collections.unmodifiableMap(new LinkedHashMap<>(connections));
  }

  /** Without the warehouse, whose text may hold a secret. */
  @Override
  public String toString() {
    return "ProjectSettings[%s, %s, %s, %s, connections %s]"
        .formatted(name, timezone, asOf, resources, connections.keySet());
  }

  /** The instant of a profile when none is given. */
  public enum AsOfDefault {
    /** The start of today in the project's zone. */
    TODAY,
    /** The first midnight after the newest event: for a data set that is finished. */
    DATA
  }

  /**
   * Which releases cleaning leaves alone.
   *
   * @param span for how long one stays after another has taken its place; looks back
   * @param atLeast so many of each environment stay however old they are
   */
  public record Keep(Window.Span span, int atLeast) {

    public static final Keep DEFAULT =
        new Keep(new Window.Span(Window.Direction.BACK, 30, Window.Unit.DAY), 3);
  }

  /**
   * Bounds on what a run may take.
   *
   * @param memoryBytes of the whole process; a share of the machine by default
   * @param threads all processors by default
   * @param temporaryFolder where work larger than memory spills; {@code .kith/tmp} by default
   * @param temporaryBytes the most that may spill; most of the free disk by default
   */
  public record Resources(
      Optional<Long> memoryBytes,
      Optional<Integer> threads,
      Optional<String> temporaryFolder,
      Optional<Long> temporaryBytes) {

    public static final Resources DEFAULT =
        new Resources(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * How often a table is tried in a run if something outside fails that may be back soon.
   *
   * @param attempts at most, the first included
   * @param firstWait before the second; it doubles from one to the next
   */
  public record Retries(int attempts, Duration firstWait) {
    public static final Retries DEFAULT = new Retries(3, Duration.ofSeconds(1));

    public Retries {
      if (attempts < 1 || firstWait.isNegative()) {
        throw new IllegalArgumentException("Cannot try so often: " + attempts + ", " + firstWait);
      }
    }
  }

  /**
   * A database to read from.
   *
   * @param url a JDBC URL
   * @param options further properties of the driver
   * @param driver paths of jars with the driver, for one that is not shipped
   */
  public record Connection(
      String name,
      String url,
      Optional<String> user,
      Optional<Secret> password,
      Map<String, String> options,
      java.util.List<String> driver) {
    public Connection {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
      driver = java.util.List.copyOf(driver);
    }

    /** The name only: any of the rest may hold a secret. */
    @Override
    public String toString() {
      return "Connection[" + name + "]";
    }
  }

  /** A value that is never printed. */
  public record Secret(String reveal) {
    @Override
    public String toString() {
      return "***";
    }
  }
}
