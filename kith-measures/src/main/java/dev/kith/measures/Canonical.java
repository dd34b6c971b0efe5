package dev.kith.measures;

import dev.kith.measures.Expressions.Typed;
import dev.kith.measures.ProfilePlan.Existence;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.sql.ParsedExpression;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Texts of columns that change when, and only when, what they mean does. */
final class Canonical {

  private Canonical() {}

  static String of(String name, DataType type, String kind, Collection<String> parts) {
    return name + " " + type.sql() + " " + kind + parts;
  }

  static String of(
      String name,
      DataType type,
      ColumnOrigin.Measured origin,
      Optional<Typed> value,
      Optional<Typed> filter) {
    Aggregate aggregate = origin.aggregate();
    return of(
        name,
        type,
        "measure",
        List.of(
            isOrdered(aggregate) ? ordered(origin.events()) : of(origin.events()),
            aggregate.function().name(),
            parameter(aggregate),
            value.map(typed -> typed.parsed().canonical()).orElse(""),
            filter.map(typed -> typed.parsed().canonical()).orElse(""),
            origin.window().toString()));
  }

  private static String parameter(Aggregate aggregate) {
    if (aggregate instanceof Aggregate.Latest latest) {
      return String.valueOf(latest.limit());
    }
    if (aggregate instanceof Aggregate.Top top) {
      return String.valueOf(top.limit());
    }
    if (aggregate instanceof Aggregate.Quantile quantile) {
      return String.valueOf(quantile.fraction());
    }
    return aggregate instanceof Aggregate.Sessions sessions ? sessions.gap().toString() : "";
  }

  static String of(
      String name, DataType type, ParsedExpression expression, Map<String, String> columns) {
    return of(name, type, "expression", List.of(expression.canonical(), columns.toString()));
  }

  static String of(Existence existence) {
    return existence instanceof Existence.ByEvents byEvents
        ? "events " + byEvents.events().stream().map(Canonical::of).toList()
        : existence.toString();
  }

  /** Whether events of the same time are told apart: by which columns is then part of it. */
  private static boolean isOrdered(Aggregate aggregate) {
    return aggregate instanceof Aggregate.First
        || aggregate instanceof Aggregate.Last
        || aggregate instanceof Aggregate.Latest;
  }

  static String ordered(EventTable events) {
    return of(events) + events.order().stream().map(Column::toString).toList();
  }

  private static String of(EventTable events) {
    return events.relation() + " " + events.key() + " " + events.at();
  }

  /** The expression to run, where the instant is a column. */
  static String rendered(Typed expression) {
    return expression.parsed().render(Dialect.quoted(Layers.AS_OF));
  }
}
