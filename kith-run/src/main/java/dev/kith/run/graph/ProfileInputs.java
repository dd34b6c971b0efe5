package dev.kith.run.graph;

import dev.kith.model.Located;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.ProfileDefinition.Population;
import java.util.ArrayList;
import java.util.List;

/** The tables that a profile reads. */
final class ProfileInputs {

  private ProfileInputs() {}

  static List<Located<TableName>> of(ProfileDefinition profile) {
    List<Located<TableName>> names = new ArrayList<>();
    if (profile.from() instanceof Population.History history) {
      names.add(history.table());
    } else if (profile.from() instanceof Population.KeysOf keys) {
      names.addAll(keys.tables());
    }
    profile.transactions().ifPresent(transactions -> names.add(transactions.from()));
    profile.measures().forEach(block -> names.add(block.from()));
    return names;
  }
}
