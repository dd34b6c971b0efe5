package dev.kith;

import dev.kith.lake.ReleaseEntry;
import dev.kith.model.TableName;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What was published at once, and never changes.
 *
 * @param id unique in the warehouse
 * @param number counts the releases of the environment from 1 on
 * @param by the user who did; empty if not known
 * @param tables that can be read
 */
public record Release(
    String id,
    String environment,
    long number,
    Instant publishedAt,
    String by,
    SortedSet<TableName> tables) {

  public Release {
    tables = Collections.unmodifiableSortedSet(new TreeSet<>(tables));
  }

  static Release of(dev.kith.lake.Release release) {
    SortedSet<TableName> tables = new TreeSet<>();
    release
        .entries()
        .forEach(
            (name, entry) -> {
              if (entry.kind() != ReleaseEntry.Kind.STATE) {
                tables.add(name);
              }
            });
    return new Release(
        release.id(),
        release.environment(),
        release.sequence(),
        release.createdAt(),
        release.by(),
        tables);
  }
}
