package dev.kith.measures;

import dev.kith.measures.ColumnOrigin.Measured;
import dev.kith.measures.Expressions.Typed;
import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.ProfileDefinition.Derived;
import dev.kith.model.definition.ProfileDefinition.Measure;
import dev.kith.model.definition.ProfileDefinition.MeasureBlock;
import dev.kith.model.definition.Window;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.ParsedExpression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The columns of one block: its measures over their windows, then its derived columns. */
final class BlockPlanner {

  private final MeasureBlock block;
  private final EventTable events;
  private final TableSchema schema;
  private final Expressions expressions;
  private final Problems problems;
  private final List<OutputColumn> columns = new ArrayList<>();

  /** What derived columns can name, and by window the column that it means. */
  private final Map<String, Named> named = new LinkedHashMap<>();

  private record Named(Column column, Map<Window, String> byWindow) {}

  BlockPlanner(
      MeasureBlock block,
      EventTable events,
      TableSchema schema,
      Expressions expressions,
      Problems problems) {
    this.block = block;
    this.events = events;
    this.schema = schema;
    this.expressions = expressions;
    this.problems = problems;
  }

  List<OutputColumn> plan() {
    boolean complete = true;
    for (Measure measure : block.define()) {
      complete &= measure(measure);
    }
    if (complete) {
      block.derive().forEach(this::derived);
    }
    return List.copyOf(columns);
  }

  private boolean measure(Measure measure) {
    List<Located<Window>> windows = measure.over().orElse(block.windows());
    if (windows.isEmpty()) {
      problems.add(
          Diagnostic.error(
              MeasureCode.NO_WINDOWS,
              measure.name().span(),
              "measure '" + measure.name().value() + "' has no window",
              "give it or its block `over: [30d, ever]`"));
    }
    return AggregateParser.parse(measure.is(), problems)
        .filter(aggregate -> measure(measure, windows, aggregate))
        .isPresent();
  }

  private boolean measure(Measure measure, List<Located<Window>> windows, Aggregate aggregate) {
    Optional<Typed> value = aggregate.expression().flatMap(this::value);
    Optional<Typed> filter = aggregate.filter().flatMap(this::condition);
    if (value.isPresent() != aggregate.expression().isPresent()
        || filter.isPresent() != aggregate.filter().isPresent()) {
      return false;
    }
    Optional<DataType> valueType = value.map(Typed::type);
    Optional<DataType> type = aggregate.function().resultType(valueType.orElse(Primitive.BIGINT));
    if (type.isEmpty()) {
      problems.add(
          Diagnostic.error(
              MeasureCode.WRONG_VALUES,
              aggregate.expression().orElseThrow().span(),
              "'%s' takes %s, not %s"
                  .formatted(
                      aggregate.function().functionName(),
                      aggregate.function().requirement().orElse("other values"),
                      valueType.map(DataType::sql).orElse("none")),
              "convert the values, or take another aggregate"));
      return false;
    }
    Set<String> reads = new LinkedHashSet<>();
    Stream.concat(value.stream(), filter.stream())
        .flatMap(typed -> typed.parsed().columns().stream())
        .forEach(column -> reads.add(column.value()));
    String stem = measure.as().orElse(measure.name().value());
    Map<Window, String> byWindow = new LinkedHashMap<>();
    for (Located<Window> window : windows) {
      String name = ProfileDefinition.columnName(stem, window.value());
      byWindow.put(window.value(), name);
      Measured origin =
          new Measured(events, aggregate, valueType, window.value(), List.copyOf(reads));
      columns.add(
          new OutputColumn(
              name, type.get(), origin, Canonical.of(name, type.get(), origin, value, filter)));
    }
    put(measure.name().value(), type.get(), byWindow);
    return true;
  }

  private Optional<Typed> value(Located<String> expression) {
    return expressions.ofEvent(expression, schema, events.relation().toString());
  }

  private Optional<Typed> condition(Located<String> expression) {
    Optional<Typed> typed = value(expression);
    if (typed.isPresent() && typed.get().type() != Primitive.BOOLEAN) {
      problems.add(
          Diagnostic.error(
              MeasureCode.FILTER_NOT_BOOLEAN,
              expression.span(),
              "the filter is " + typed.get().type().sql() + ", not a condition",
              "compare it with something, as in `amount > 0`"));
      return Optional.empty();
    }
    return typed;
  }

  private void derived(Derived derived) {
    String name = derived.name().value();
    List<Column> visible = new ArrayList<>();
    visible.add(new Column(Layers.AS_OF, Primitive.INSTANT));
    named.values().forEach(entry -> visible.add(entry.column()));
    Optional<Typed> typed =
        expressions.ofColumns(derived.is(), new TableSchema(visible), "the measures of this block");
    if (typed.isEmpty()) {
      return;
    }
    Map<Window, String> byWindow = new LinkedHashMap<>();
    for (Located<Window> window : derived.over().orElse(block.windows())) {
      Map<String, String> used = used(derived, typed.get().parsed(), window.value());
      String column = ProfileDefinition.columnName(name, window.value());
      byWindow.put(window.value(), column);
      ColumnOrigin origin = new ColumnOrigin.Derived(Canonical.rendered(typed.get()), used);
      columns.add(
          new OutputColumn(
              column,
              typed.get().type(),
              origin,
              Canonical.of(column, typed.get().type(), typed.get().parsed(), used)));
    }
    put(name, typed.get().type(), byWindow);
  }

  /** The columns that the names in an expression mean in a window. */
  private Map<String, String> used(Derived derived, ParsedExpression expression, Window window) {
    Map<String, String> used = new LinkedHashMap<>();
    for (Located<String> name : expression.columns()) {
      Named meant = named.get(key(name.value()));
      String column = meant == null ? Layers.AS_OF : meant.byWindow().get(window);
      if (column == null) {
        problems.add(
            Diagnostic.error(
                MeasureCode.WINDOW_MISSING,
                name.span(),
                "'%s' over %s needs '%s', which has no window %s"
                    .formatted(derived.name().value(), window.text(), name.value(), window.text()),
                "give the measure that window too, or the derived column an `over:` of its own"));
      } else {
        used.put(name.value(), column);
      }
    }
    if (expression.usesAsOf()) {
      used.put(Layers.AS_OF, Layers.AS_OF);
    }
    return used;
  }

  private void put(String name, DataType type, Map<Window, String> byWindow) {
    named.put(key(name), new Named(new Column(name, type), byWindow));
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
