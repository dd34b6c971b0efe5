package dev.kith.run.plan;

import dev.kith.lake.InputUse;
import dev.kith.lake.Provenance;
import dev.kith.model.Fingerprint;
import dev.kith.model.TableColumn;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Fingerprints;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Relations;
import dev.kith.run.graph.Relations.Relation;
import dev.kith.run.graph.Sampling;
import dev.kith.run.lineage.NodeLineage;
import dev.kith.sql.ColumnLineage;
import dev.kith.sql.Derivation;
import dev.kith.sql.NarrowedQuery;
import dev.kith.sql.SqlAnalyzer;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What tables use of their inputs, and whether that is still the same although the inputs were
 * built anew.
 *
 * <p>Some columns of a table, taken together, are the same rows again if its query narrowed to them
 * is the same, gives the same rows each time, and reads columns that are the same rows again; and
 * so on up to the sources, whose rows are the same for as long as nothing came or went. So the
 * meaning of columns is a fingerprint of the narrowed queries between, and stands together with the
 * snapshots of what they begin with. Tables record it of each input when they are built. Where it
 * cannot be told, as with {@code row_number()} whose ties may fall otherwise, a table counts as it
 * is: by its own snapshot. So does a dataset, whose rows nobody follows.
 */
public final class InputUses {

  private final Blueprint blueprint;
  private final SqlAnalyzer analyzer;
  private final Sampling sampling;
  private final ZoneId zone;
  private final NodeLineage lineage;
  private final Map<TableName, ColumnLineage> lineages = new HashMap<>();

  /** Of what is settled, which stays so. */
  private final Map<Columns, Optional<Meaning>> known = new HashMap<>();

  /** Used for one plan, or one run. */
  public InputUses(Blueprint blueprint, SqlAnalyzer analyzer, Sampling sampling, ZoneId zone) {
    this.blueprint = blueprint;
    this.analyzer = analyzer;
    this.sampling = sampling;
    this.zone = zone;
    this.lineage = new NodeLineage(blueprint.relations(), analyzer);
  }

  /**
   * Columns of what one definition makes.
   *
   * @param byRelation names of columns by relation: a source makes several
   * @param positional whether also the others matter, and their order
   */
  private record Columns(
      TableName owner, Map<TableName, SortedSet<String>> byRelation, boolean positional) {}

  /** A fingerprint, and the snapshots of what it begins with. */
  private record Meaning(Fingerprint fingerprint, Map<String, Long> rows) {}

  /** How the rows of an input compare with those that a table was made of. */
  Sameness compare(Node reader, TableName input, Provenance made, Situation now) {
    return compare(reader, names(reader), input, made, now);
  }

  /**
   * Of some columns of a table those whose inputs are what they were when rows were made, in what
   * the columns use of them.
   */
  List<String> unmoved(Node reader, List<String> names, Provenance made, Situation now) {
    List<TableName> moved =
        reader.inputs().stream()
            .filter(input -> compare(reader, names, input, made, now) == Sameness.NONE)
            .toList();
    return names.stream()
        .filter(name -> moved.stream().noneMatch(input -> isUsed(reader, name, input)))
        .toList();
  }

  private boolean isUsed(Node reader, String name, TableName input) {
    return columns(reader, List.of(name), input).byRelation().values().stream()
        .anyMatch(used -> !used.isEmpty());
  }

  private Sameness compare(
      Node reader, List<String> names, TableName input, Provenance made, Situation now) {
    Long before = made.inputs().get(input.toString());
    if (before == null) {
      return Sameness.NONE;
    }
    if (now.isKnown(input) && now.versions().isSame(input, before)) {
      return Sameness.ROWS;
    }
    InputUse recorded = made.uses().get(input.toString());
    return recorded != null && isSame(reader, names, input, recorded, now)
        ? Sameness.USED_COLUMNS
        : Sameness.NONE;
  }

  private boolean isSame(
      Node reader, List<String> names, TableName input, InputUse recorded, Situation now) {
    return recorded.rows().entrySet().stream()
            .allMatch(row -> isSame(TableName.parse(row.getKey()), row.getValue(), now))
        && of(reader, names, input, now)
            .filter(use -> use.meaning().equals(recorded.meaning()))
            .filter(use -> use.rows().keySet().equals(recorded.rows().keySet()))
            .isPresent();
  }

  private static boolean isSame(TableName relation, long before, Situation now) {
    return now.isKnown(relation) && now.versions().isSame(relation, before);
  }

  /** What a table uses of an input, as the definitions are now; nothing if rows are yet to come. */
  Optional<InputUse> of(Node reader, TableName input, Situation now) {
    return of(reader, names(reader), input, now);
  }

  private Optional<InputUse> of(Node reader, List<String> names, TableName input, Situation now) {
    return meaning(columns(reader, names, input), now)
        .map(meaning -> new InputUse(meaning.fingerprint().hex(), meaning.rows()));
  }

  private Optional<Meaning> meaning(Columns columns, Situation now) {
    if (!now.settled().contains(columns.owner())) {
      return asItIs(columns, now);
    }
    Optional<Meaning> found = known.get(columns);
    if (found == null) {
      found = derived(blueprint.node(columns.owner()).orElseThrow(), columns, now);
      known.put(columns, found);
    }
    return found;
  }

  private Optional<Meaning> derived(Node node, Columns columns, Situation now) {
    Collection<String> names =
        columns.positional()
            ? names(node)
            : columns.byRelation().getOrDefault(node.name(), new TreeSet<>());
    List<String> parts = new ArrayList<>(List.of(Fingerprints.semantics(node), zone.getId()));
    if (node.dependsOnInstant()) {
      if (now.asOf().isEmpty()) {
        return Optional.empty();
      }
      parts.add("as of " + now.asOf().get());
    }
    if (node instanceof Node.ProfileNode profile) {
      parts.addAll(profile.plan().canonical(names));
    } else if (node instanceof Node.DatasetNode) {
      return asItIs(columns, now);
    } else {
      NarrowedQuery query = analyzer.narrowed(((Node.TableNode) node).query(), names);
      if (!query.stable()) {
        return asItIs(columns, now);
      }
      parts.add(query.canonical());
    }
    parts.addAll(shape(columns));
    Map<String, Long> rows = new TreeMap<>();
    for (TableName input : node.inputs()) {
      Optional<Meaning> of = meaning(columns(node, names, input), now);
      if (of.isEmpty()) {
        return Optional.empty();
      }
      parts.add(input + " " + of.get().fingerprint());
      rows.putAll(of.get().rows());
    }
    return Optional.of(new Meaning(Fingerprint.of(parts), rows));
  }

  /** Of rows that stand for themselves. */
  private Optional<Meaning> asItIs(Columns columns, Situation now) {
    List<String> parts = new ArrayList<>(List.of("as it is"));
    parts.addAll(shape(columns));
    Map<String, Long> rows = new TreeMap<>();
    for (TableName relation : columns.byRelation().keySet()) {
      if (!now.isKnown(relation)) {
        return Optional.empty();
      }
      rows.put(relation.toString(), now.versions().get(relation).snapshot());
      sampling.condition(relation, schema(relation)).ifPresent(parts::add);
    }
    return Optional.of(new Meaning(Fingerprint.of(parts), rows));
  }

  /** Names and types of the columns; of all of them in order, if that matters. */
  private List<String> shape(Columns columns) {
    List<String> shape = new ArrayList<>();
    columns
        .byRelation()
        .forEach(
            (relation, names) -> {
              shape.add(relation.toString());
              List<Column> all = schema(relation).columns();
              if (columns.positional()) {
                all.forEach(column -> shape.add(column.toString()));
              } else {
                all.stream()
                    .filter(column -> names.contains(column.name()))
                    .sorted(Comparator.comparing(Column::name))
                    .forEach(column -> shape.add(column.toString()));
              }
            });
    return shape;
  }

  private TableSchema schema(TableName relation) {
    return blueprint.relations().find(relation).orElseThrow().schema();
  }

  /** What some columns of a table use of one of its inputs. */
  private Columns columns(Node reader, Collection<String> names, TableName input) {
    TableName owner = owner(input);
    Map<TableName, SortedSet<String>> used = new TreeMap<>();
    used.put(input, new TreeSet<>(String.CASE_INSENSITIVE_ORDER));
    ColumnLineage all = lineages.computeIfAbsent(reader.name(), name -> lineage.of(reader));
    SortedSet<String> wanted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    wanted.addAll(names);
    note(all.rows(), owner, used);
    all.columns().stream()
        .filter(output -> wanted.contains(output.name()))
        .forEach(output -> note(output.derivation(), owner, used));
    return new Columns(owner, used, isPositional(reader, names));
  }

  private boolean isPositional(Node reader, Collection<String> names) {
    if (reader instanceof Node.DatasetNode dataset) {
      return dataset.rows().stream()
          .anyMatch(rows -> analyzer.narrowed(rows, dataset.givenColumns()).positional());
    }
    return reader instanceof Node.TableNode table
        && analyzer.narrowed(table.query(), names).positional();
  }

  private void note(
      Derivation derivation, TableName owner, Map<TableName, SortedSet<String>> used) {
    derivation
        .dependencies()
        .forEach(
            dependency -> {
              TableColumn origin = dependency.origin();
              if (owner(origin.table()).equals(owner)) {
                used.computeIfAbsent(
                        origin.table(), table -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER))
                    .add(origin.column());
              }
            });
  }

  private TableName owner(TableName relation) {
    Relations relations = blueprint.relations();
    return relations.find(relation).map(Relation::owner).orElse(relation);
  }

  private static List<String> names(Node node) {
    return node.schema().names();
  }
}
