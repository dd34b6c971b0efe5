package dev.kith.measures;

import dev.kith.model.Located;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.ProfileDefinition.Derived;
import dev.kith.model.definition.ProfileDefinition.Measure;
import dev.kith.model.definition.ProfileDefinition.MeasureBlock;
import dev.kith.model.definition.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The expressions that the definition of a profile or a dataset has for its columns. */
public final class ProfileExpressions {

  private final Map<String, Located<String>> byColumn = new HashMap<>();

  private ProfileExpressions() {}

  /** By the column's name in lower case; of measures, derived columns and metrics. */
  public static Map<String, Located<String>> byColumn(ProfileDefinition definition) {
    ProfileExpressions expressions = new ProfileExpressions();
    definition.measures().forEach(expressions::block);
    definition.metrics().forEach(metric -> expressions.put(metric.name().value(), metric.is()));
    return Map.copyOf(expressions.byColumn);
  }

  /** As {@link #byColumn(ProfileDefinition)}, of a dataset's labels. */
  public static Map<String, Located<String>> byColumn(DatasetDefinition definition) {
    ProfileExpressions expressions = new ProfileExpressions();
    definition.labels().forEach(labels -> expressions.block(labels.measures()));
    return Map.copyOf(expressions.byColumn);
  }

  private void block(MeasureBlock block) {
    for (Measure measure : block.define()) {
      put(
          measure.as().orElse(measure.name().value()),
          measure.over().orElse(block.windows()),
          measure.is());
    }
    for (Derived derived : block.derive()) {
      put(derived.name().value(), derived.over().orElse(block.windows()), derived.is());
    }
  }

  private void put(String stem, List<Located<Window>> windows, Located<String> expression) {
    windows.forEach(window -> put(ProfileDefinition.columnName(stem, window.value()), expression));
  }

  private void put(String column, Located<String> expression) {
    byColumn.put(column.toLowerCase(Locale.ROOT), expression);
  }
}
