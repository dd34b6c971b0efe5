package dev.kith.run.plan;

import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Releases;
import dev.kith.model.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a run builds on. In production that is what readers see. An environment other than
 * production builds on what production's readers see <em>now</em>, and on what it has in tables of
 * its own: so it never falls behind, and never writes to a table that production has.
 */
public final class Basis {

  private final String environment;
  private final Optional<Release> parent;
  private final Optional<Release> production;
  private final Set<PhysicalTable> taken;

  private Basis(
      String environment,
      Optional<Release> parent,
      Optional<Release> production,
      Set<PhysicalTable> taken) {
    this.environment = environment;
    this.parent = parent;
    this.production = production;
    this.taken = taken;
  }

  /** As things are now. */
  public static Basis of(Releases releases, String environment) {
    Optional<Release> parent = releases.current(environment);
    if (environment.equals(Release.PRODUCTION)) {
      return new Basis(environment, parent, Optional.empty(), Set.of());
    }
    Set<PhysicalTable> taken = new HashSet<>();
    releases
        .history(Release.PRODUCTION)
        .forEach(release -> release.entries().values().forEach(entry -> taken.add(entry.table())));
    return new Basis(environment, parent, releases.current(Release.PRODUCTION), taken);
  }

  public boolean isProduction() {
    return environment.equals(Release.PRODUCTION);
  }

  /** What the environment's own readers see. */
  public Optional<Release> parent() {
    return parent;
  }

  /** What production's readers see, for an environment other than production. */
  public Optional<Release> production() {
    return production;
  }

  /** What a release of the run replaces, for those who compare: production's if there is one. */
  public Optional<Release> compared() {
    return production.or(() -> parent);
  }

  /**
   * What a name means if nothing is built: what the environment has in a table of its own, else
   * what production has.
   */
  public Optional<ReleaseEntry> entry(TableName name) {
    if (isProduction()) {
      return parent.flatMap(release -> release.entry(name));
    }
    return own(name).or(() -> production.flatMap(release -> release.entry(name)));
  }

  /**
   * All that is there without building anything. A name that the environment has left out stays
   * out, unless it is wanted.
   */
  public Map<TableName, ReleaseEntry> entries(Predicate<TableName> wanted) {
    Map<TableName, ReleaseEntry> entries = new TreeMap<>();
    if (production.isPresent()) {
      for (TableName name : production.get().entries().keySet()) {
        if (parent.isEmpty() || parent.get().entry(name).isPresent() || wanted.test(name)) {
          entry(name).ifPresent(entry -> entries.put(name, entry));
        }
      }
    }
    parent.ifPresent(
        release ->
            release
                .entries()
                .keySet()
                .forEach(name -> entry(name).ifPresent(entry -> entries.put(name, entry))));
    return entries;
  }

  /** Rows that may be what a definition asks for, the likeliest first. */
  List<ReleaseEntry> candidates(TableName name, PhysicalTable usual) {
    List<ReleaseEntry> candidates = new ArrayList<>();
    production.flatMap(release -> release.entry(name)).ifPresent(candidates::add);
    (isProduction() ? entry(name) : own(name)).ifPresent(candidates::add);
    candidates.removeIf(entry -> !PhysicalTables.sameLayout(entry.table(), usual));
    return candidates;
  }

  /** The physical table that takes the rows of a name. */
  PhysicalTable target(TableName name, PhysicalTable usual) {
    return new PhysicalTable(usual.name() + suffix(name, usual));
  }

  /**
   * What is added to the usual name of a physical table. A table that was promoted is production's
   * from then on: production goes on with it, and its environment with the next one.
   *
   * @param name whose entry tells where production's rows are
   */
  public String suffix(TableName name, PhysicalTable usual) {
    if (isProduction()) {
      return entry(name)
          .map(ReleaseEntry::table)
          .filter(table -> PhysicalTables.sameLayout(table, usual))
          .map(table -> table.name().substring(usual.name().length()))
          .orElse("");
    }
    int generation = 1;
    String suffix = PhysicalTables.suffix(environment, generation);
    while (taken.contains(new PhysicalTable(usual.name() + suffix))) {
      suffix = PhysicalTables.suffix(environment, ++generation);
    }
    return suffix;
  }

  /** Whether a table is the environment's, and was not promoted. */
  public boolean isOwn(PhysicalTable table) {
    return !isProduction() && PhysicalTables.isOf(table, environment) && !taken.contains(table);
  }

  private Optional<ReleaseEntry> own(TableName name) {
    return parent.flatMap(release -> release.entry(name)).filter(entry -> isOwn(entry.table()));
  }
}
