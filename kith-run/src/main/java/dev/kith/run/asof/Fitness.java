package dev.kith.run.asof;

import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.model.definition.Knowledge;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.run.fault.AsOfCode;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Relations;
import java.util.Set;
import java.util.TreeSet;

/** Whether the tables of a release can tell how people were at other instants than its own. */
public final class Fitness {

  private final Blueprint blueprint;
  private final Release release;

  public Fitness(Blueprint blueprint, Release release) {
    this.blueprint = blueprint;
    this.release = release;
  }

  /**
   * Nothing, if the tables that the question is about can tell. What came after a row's instant may
   * be known by now, whatever was known then.
   *
   * @throws KithException with an {@link AsOfCode} that says which cannot
   */
  public void require(Asked asked) {
    for (TableName input : asked.plan().inputs()) {
      requireAnyInstant(input);
      release.entry(input).ifPresent(entry -> requireAsDefined(input, entry));
    }
    if (asked.known() == Knowledge.THEN) {
      for (TableName input : asked.features().inputs()) {
        release.entry(input).ifPresent(entry -> requireIngestion(input, entry));
      }
    }
  }

  private void requireAnyInstant(TableName input) {
    Set<TableName> made = new TreeSet<>(blueprint.ancestors(input));
    made.add(input);
    for (TableName name : made) {
      if (blueprint.node(name).filter(Node::dependsOnInstant).isPresent()) {
        throw KithException.project(
                AsOfCode.ONE_INSTANT_ONLY,
                name.toString(),
                "Cannot tell what '%s' was at another instant: it uses ':as_of'".formatted(name))
            .withHelp("make a measure or a metric of what depends on the instant");
      }
    }
  }

  private void requireAsDefined(TableName input, ReleaseEntry entry) {
    Relations.Relation relation = blueprint.relations().find(input).orElseThrow();
    for (Column column : relation.visible(Set.of()).columns()) {
      boolean same =
          entry
              .schema()
              .column(column.name())
              .filter(published -> published.type().equals(column.type()))
              .isPresent();
      if (!same) {
        throw KithException.project(
                AsOfCode.BUILT_OTHERWISE,
                input.toString(),
                "Cannot use '%s' as it was published: its column '%s' is defined otherwise now"
                    .formatted(input, column.name()))
            .withHelp("'kith run' publishes what the definitions say");
      }
    }
  }

  private static void requireIngestion(TableName input, ReleaseEntry entry) {
    boolean carried =
        entry.kind() != ReleaseEntry.Kind.CURRENT_OF_HISTORY
            && entry
                .schema()
                .column(Knowledge.INGESTED_AT)
                .filter(column -> column.type() == Primitive.INSTANT)
                .isPresent();
    if (!carried) {
      throw KithException.project(
              AsOfCode.NOT_KNOWN_THEN,
              input.toString(),
              "Cannot tell what was known then of '%s': its rows do not say when they were ingested"
                  .formatted(input))
          .withHelp("use what is known now, or measures over sources and histories only");
    }
  }
}
