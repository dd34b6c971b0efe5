package dev.kith.measures;

import dev.kith.model.Located;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.ProfileDefinition.MeasureBlock;
import dev.kith.model.definition.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The expressions that a profile's definition has for its columns. */
public final class ProfileExpressions {

  private final Map<String, Located<String>> byColumn = new HashMap<>();

  private ProfileExpressions() {}

  /** By the column's name in lower case; of measures, derived columns and metrics. */
  public static Map<String, Located<String>> byColumn(ProfileDefinition definition) {
    ProfileExpressions expressions = new ProfileExpressions();
    for (MeasureBlock block : definition.measures()) {
      block
          .define()
          .forEach(
              measure ->
                  expressions.put(
                      measure.as().orElse(measure.name().value()),
                      measure.over().orElse(block.windows()),
                      measure.is()));
      block
          .derive()
          .forEach(
              derived ->
                  expressions.put(
                      derived.name().value(),
                      derived.over().orElse(block.windows()),
                      derived.is()));
    }
    definition.metrics().forEach(metric -> expressions.put(metric.name().value(), metric.is()));
    return Map.copyOf(expressions.byColumn);
  }

  private void put(String stem, List<Located<Window>> windows, Located<String> expression) {
    windows.forEach(window -> put(ProfileDefinition.columnName(stem, window.value()), expression));
  }

  private void put(String column, Located<String> expression) {
    byColumn.put(column.toLowerCase(Locale.ROOT), expression);
  }
}
