package dev.kith.run.build;

import dev.kith.engine.Input;
import dev.kith.engine.Session;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import dev.kith.run.graph.Relations;
import dev.kith.run.graph.Sampling;
import dev.kith.run.plan.RelationVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives names in a session to versions of the warehouse's tables. */
public final class Bindings {

  private static final List<String> HISTORY_COLUMNS =
      List.of("valid_from", "valid_to", "_since_ever");

  private final Session session;
  private final Sampling sampling;

  /**
   * @param sampling what of sources' rows can be read
   */
  public Bindings(Session session, Sampling sampling) {
    this.session = session;
    this.sampling = sampling;
  }

  /** Makes a version readable; hidden columns that are not named stay hidden. */
  public void bind(
      TableName name, RelationVersion version, TableSchema schema, Set<String> hiddenNamed) {
    bind(name, new Input.Whole(version.version()), version.current(), schema, hiddenNamed);
  }

  /** Makes some rows of a table readable under its name. */
  public void bind(
      TableName name, Input input, boolean current, TableSchema schema, Set<String> hiddenNamed) {
    bind(name, name, input, current, schema, hiddenNamed);
  }

  /**
   * Makes some rows of a table readable under a name.
   *
   * @param current whether only an entity's rows that are valid now are meant
   */
  void bind(
      TableName as,
      TableName relation,
      Input input,
      boolean current,
      TableSchema schema,
      Set<String> hiddenNamed) {
    if (!current) {
      bindPart(as, relation, input, schema, hiddenNamed);
      return;
    }
    TableName history = TableName.of("kith_history_of_" + as.toString().replace('.', '_'));
    session.bind(history, input, hiddenNamed);
    session.bindView(
        as,
        "SELECT "
            + columns(schema, hiddenNamed)
            + " FROM "
            + history.quoted()
            + " WHERE \"valid_to\" IS NULL"
            + sampling
                .condition(relation, schema)
                .map(condition -> " AND " + condition)
                .orElse(""));
  }

  /**
   * Makes rows of a relation readable under a name.
   *
   * @param schema of the relation
   */
  public void bindPart(
      TableName as, TableName relation, Input rows, TableSchema schema, Set<String> hiddenNamed) {
    Optional<String> condition = sampling.condition(relation, schema);
    if (condition.isEmpty()) {
      session.bind(as, rows, hiddenNamed);
      return;
    }
    TableName whole = TableName.of("kith_whole_of_" + as.toString().replace('.', '_'));
    session.bind(whole, rows, hiddenNamed);
    session.bindView(as, "SELECT * FROM " + whole.quoted() + " WHERE " + condition.get());
  }

  /** Whether a column says when a version of an entity was valid: current rows do not have it. */
  public static boolean isOfHistory(Column column) {
    return HISTORY_COLUMNS.contains(column.name());
  }

  private static String columns(TableSchema schema, Set<String> hiddenNamed) {
    return schema.columns().stream()
        .filter(column -> !isOfHistory(column))
        .filter(column -> !Relations.isHidden(column) || hiddenNamed.contains(column.name()))
        .map(Column::quotedName)
        .collect(Collectors.joining(", "));
  }
}
