package dev.kith.run.plan;

import dev.kith.lake.Compression;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableLayout;
import dev.kith.lake.Warehouse;
import dev.kith.measures.KeptStep;
import dev.kith.measures.StateChange;
import dev.kith.model.Fingerprint;
import dev.kith.model.TableName;
import dev.kith.model.type.TableSchema;
import dev.kith.run.graph.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
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
  private final PhysicalTable owner;
  private final Map<String, KeptStep> steps = new LinkedHashMap<>();
  private final Map<String, PhysicalTable> tables = new LinkedHashMap<>();

  /**
   * @param profile the physical table of its rows
   */
  public KeptState(Warehouse warehouse, Node.ProfileNode node, PhysicalTable profile) {
    this.warehouse = warehouse;
    this.owner = PhysicalTables.withoutLayout(profile);
    for (KeptStep step : KeptStep.of(node.plan())) {
      List<String> meaning = new ArrayList<>(step.meaning());
      meaning.add(node.name().toString());
      meaning.add(WAY);
      steps.put(step.name(), step);
      tables.put(
          step.name(),
          owner.beside("kith" + step.part() + "_" + Fingerprint.of(meaning).abbreviated()));
    }
  }

  /** The columns of what is kept, by the name of the step. */
  public Map<String, TableSchema> schemas() {
    Map<String, TableSchema> schemas = new LinkedHashMap<>();
    steps.forEach((name, step) -> schemas.put(name, step.schema()));
    return schemas;
  }

  /**
   * How the rows of a step are kept: in the order of people, whose rows are looked for; parts that
   * are read apart lie apart.
   */
  public TableLayout layout(String step) {
    TableSchema schema = Objects.requireNonNull(steps.get(step)).schema();
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
   * Whether rows of a profile can follow from it to an instant.
   *
   * @param asOf the wanted instant, if it is known
   */
  boolean leads(Standing rows, Optional<Instant> asOf) {
    return !isNothing() && isForwards(rows, asOf) && of(rows, input -> true).size() == steps.size();
  }

  /** Only forwards can rows follow, since what is kept of events must not lie after the instant. */
  static boolean isForwards(Standing rows, Optional<Instant> asOf) {
    Optional<Instant> before = rows.snapshot().provenance().asOf();
    return asOf.isEmpty() || before.isEmpty() || !asOf.get().isBefore(before.get());
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

  /**
   * The names of steps whose rows were made with the very rows of the profile.
   *
   * @param isSame whether the rows of an input still are those that these were made of
   */
  Set<String> of(Standing profile, Predicate<TableName> isSame) {
    Provenance wanted = profile.snapshot().provenance();
    Set<String> made = new TreeSet<>();
    if (PhysicalTables.withoutLayout(profile.table()).equals(owner)) {
      steps.values().stream()
          .filter(step -> isSame.test(step.events().relation()))
          .map(KeptStep::name)
          .filter(step -> isOf(table(step), wanted))
          .forEach(made::add);
    }
    return made;
  }

  private boolean isOf(PhysicalTable table, Provenance wanted) {
    return warehouse.exists(table)
        && warehouse
            .table(table)
            .head()
            .filter(head -> head.provenance().isOfTheSame(wanted))
            .isPresent();
  }
}
