package dev.kith.run.graph;

import dev.kith.measures.DatasetPlan;
import dev.kith.measures.ProfilePlan;
import dev.kith.model.TableName;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.Definition;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.TableDefinition;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.InputPart;
import dev.kith.sql.ParsedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** A definition that was understood: names resolved, queries validated, columns typed. */
public sealed interface Node {

  Definition definition();

  /** The columns that readers see. */
  TableSchema schema();

  /** The names of what it reads. */
  SortedSet<TableName> inputs();

  default TableName name() {
    return definition().name();
  }

  /** Whether its rows depend on the instant of the run. */
  default boolean dependsOnInstant() {
    return false;
  }

  record SourceNode(SourceDefinition definition, TableSchema schema) implements Node {
    @Override
    public SortedSet<TableName> inputs() {
      return new java.util.TreeSet<>();
    }
  }

  /**
   * @param hiddenNamed hidden columns that the query names
   * @param whyUnsafe why a row may tell more than was known at its {@code at}; empty if it can't
   */
  record TableNode(
      TableDefinition definition,
      TableSchema schema,
      ParsedQuery query,
      SortedSet<TableName> inputs,
      Set<String> hiddenNamed,
      Incremental incremental,
      Optional<String> whyUnsafe)
      implements Node {
    @Override
    public boolean dependsOnInstant() {
      return query.usesAsOf();
    }
  }

  record ProfileNode(ProfileDefinition definition, ProfilePlan plan, SortedSet<TableName> inputs)
      implements Node {
    @Override
    public TableSchema schema() {
      return plan.schema();
    }

    @Override
    public boolean dependsOnInstant() {
      return true;
    }
  }

  /**
   * A dataset; runs build those that are tables.
   *
   * @param profile whose columns are the features
   * @param rows the query of its rows, unless they are in a file
   * @param schema the columns of its rows, {@code exists}, features and labels; of rows in a file
   *     only those that have to be there
   */
  record DatasetNode(
      DatasetDefinition definition,
      ProfileDefinition profile,
      DatasetPlan plan,
      Optional<ParsedQuery> rows,
      TableSchema schema,
      SortedSet<TableName> inputs)
      implements Node {

    /** The names of the columns that come from its rows. */
    public List<String> givenColumns() {
      List<String> names = schema.names();
      return names.subList(0, names.size() - plan.columns().size() - 1);
    }

    /** What decides its rows: equal texts give equal rows of the same input. */
    public List<String> canonical() {
      List<String> parts = new ArrayList<>();
      parts.add(rows.map(ParsedQuery::canonical).orElse(""));
      parts.add("at " + definition.at().value().toLowerCase(Locale.ROOT));
      parts.add("known " + definition.known());
      parts.addAll(plan.canonical());
      return List.copyOf(parts);
    }
  }

  /** How a table can follow its input without being computed anew. */
  sealed interface Incremental {

    /** Not at all. */
    record None() implements Incremental {}

    /** The query over what was appended to the one input. */
    record Append(TableName input) implements Incremental {}

    /** The query over the periods that changed, of a time of the input. */
    record ByTime(TableName input, String inputColumn) implements Incremental {}

    /**
     * The query over the keys that changed.
     *
     * @param parts columns of the table, and what they hold of the input; in order
     */
    record ByKey(TableName input, Map<String, InputPart> parts) implements Incremental {}
  }
}
