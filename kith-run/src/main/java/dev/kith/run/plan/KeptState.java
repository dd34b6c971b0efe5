package dev.kith.run.plan;

import dev.kith.lake.Compression;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableLayout;
import dev.kith.lake.Warehouse;
import dev.kith.measures.AsOfCompiler;
import dev.kith.measures.CompiledQuery.Step;
import dev.kith.measures.Instants;
import dev.kith.measures.StateChange;
import dev.kith.model.Fingerprint;
import dev.kith.model.type.TableSchema;
import dev.kith.run.graph.Node;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What is kept beside a profile from one update to the next: a table for each step of its
 * computation whose rows are worth keeping. No release holds them and no reader sees them; if one
 * is missing or of another moment, the profile is computed without them.
 */
public final class KeptState {

  /** Part of what names the tables: one that was written in another way is not used. */
  private static final String WAY =
      "ordered by " + StateChange.PART + ", then " + StateChange.KEY + "; quick to read";

  private final Warehouse warehouse;
  private final Map<String, TableSchema> schemas = new LinkedHashMap<>();
  private final Map<String, PhysicalTable> tables = new LinkedHashMap<>();

  /**
   * @param profile the physical table of its rows
   */
  public KeptState(Warehouse warehouse, Node.ProfileNode node, PhysicalTable profile) {
    this.warehouse = warehouse;
    // Which steps there are does not depend on the instant, but their SQL names it.
    List<Step> steps =
        AsOfCompiler.compileKeeping(node.plan(), new Instants.Single(Instant.EPOCH), ZoneOffset.UTC)
            .steps();
    List<String> meaning = new ArrayList<>();
    for (Step step : steps) {
      meaning.add(step.name());
      meaning.add(step.sql());
      step.state().ifPresent(schema -> meaning.add(schema.sql()));
      step.state().ifPresent(schema -> schemas.put(step.name(), schema));
    }
    meaning.add(WAY);
    String version = Fingerprint.of(meaning).abbreviated();
    schemas.keySet().forEach(step -> tables.put(step, profile.beside(step + "_" + version)));
  }

  /** The columns of what is kept, by the name of the step. */
  public Map<String, TableSchema> schemas() {
    return Collections.unmodifiableMap(schemas);
  }

  /**
   * How the rows of a step are kept: in the order of people, whose rows are looked for; parts that
   * are read apart lie apart.
   */
  public TableLayout layout(String step) {
    TableSchema schema = Objects.requireNonNull(schemas.get(step));
    List<String> order = Stream.of(StateChange.PART, StateChange.KEY).filter(schema::has).toList();
    return new TableLayout(schema, List.of(), order, List.of(), Compression.QUICK);
  }

  /** Where the rows of a step are kept; the name changes with what they mean. */
  public PhysicalTable table(String step) {
    PhysicalTable table = tables.get(step);
    if (table == null) {
      throw new IllegalArgumentException("Cannot find what is kept of a step: " + step);
    }
    return table;
  }

  /** Whether nothing of the profile is worth keeping, since no measure could follow from it. */
  public boolean isNothing() {
    return tables.isEmpty();
  }

  /**
   * Whether rows of a profile can follow from it to an instant: only forwards, since what is kept
   * of events must not lie after it.
   *
   * @param profile the physical table beside which it is
   * @param asOf the wanted instant, if it is known
   */
  boolean leads(PhysicalTable profile, Standing rows, Optional<Instant> asOf) {
    Optional<Instant> before = rows.snapshot().provenance().asOf();
    boolean forwards = asOf.isEmpty() || before.isEmpty() || !asOf.get().isBefore(before.get());
    return !isNothing() && rows.table().equals(profile) && forwards && isOf(rows.snapshot());
  }

  /** How many rows there are, of whatever moment; nothing if some were never written. */
  public OptionalLong rows() {
    long rows = 0;
    for (PhysicalTable table : tables.values()) {
      Optional<Snapshot> head =
          warehouse.exists(table) ? warehouse.table(table).head() : Optional.empty();
      if (head.isEmpty()) {
        return OptionalLong.empty();
      }
      rows += head.get().totals().rows();
    }
    return OptionalLong.of(rows);
  }

  /** Whether all of it was made for the very rows of the profile's snapshot. */
  public boolean isOf(Snapshot profile) {
    return tables.values().stream().allMatch(table -> isOf(table, profile.provenance()));
  }

  private boolean isOf(PhysicalTable table, Provenance wanted) {
    return warehouse.exists(table)
        && warehouse
            .table(table)
            .head()
            .map(Snapshot::provenance)
            .filter(made -> made.definition().equals(wanted.definition()))
            .filter(made -> made.inputs().equals(wanted.inputs()))
            .filter(made -> made.asOf().equals(wanted.asOf()))
            .isPresent();
  }
}
