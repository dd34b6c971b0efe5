package dev.kith.run.graph;

import dev.kith.model.Fingerprint;
import dev.kith.model.TableName;
import dev.kith.model.definition.EnvironmentSettings.Sample;
import dev.kith.model.definition.Project;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.type.TableSchema;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows of sources are read in an environment that works with a part of the people. Who is in
 * it follows from a hash of the key as text: the same people in every source, on every day, with
 * every engine. Rows without a key are nobody's, and not in it.
 */
public final class Sampling {

  /** Every row. */
  public static final Sampling NONE = new Sampling(Optional.empty(), Set.of());

  private static final int DIGITS = 8;
  private static final double HASHES = Math.pow(16, DIGITS);

  private final Optional<Sample> sample;
  private final Set<TableName> relations;

  private Sampling(Optional<Sample> sample, Set<TableName> relations) {
    this.sample = sample;
    this.relations = relations;
  }

  /** As the settings of the environment say. */
  public static Sampling of(Project project) {
    Set<TableName> relations = new HashSet<>();
    for (SourceDefinition source : project.sources()) {
      relations.add(source.name());
      relations.add(SourceRelations.history(source));
    }
    return new Sampling(project.settings().environment().sample(), relations);
  }

  /**
   * What rows of a relation have to meet, as SQL; nothing where all are read.
   *
   * @param schema all its columns
   */
  public Optional<String> condition(TableName relation, TableSchema schema) {
    if (sample.isEmpty() || sample.get().share() >= 1 || !relations.contains(relation)) {
      return Optional.empty();
    }
    String bound =
        String.format(
            Locale.ROOT, "%0" + DIGITS + "x", (long) Math.ceil(sample.get().share() * HASHES));
    return schema
        .column(sample.get().by())
        .map(
            column ->
                "substr(md5(CAST(%s AS VARCHAR)), 1, %d) < '%s'"
                    .formatted(column.quotedName(), DIGITS, bound));
  }

  /** Tells rows that are made of a sample from those that are made of everything. */
  public Fingerprint fingerprint(Node node, Fingerprint definition) {
    return sample(node)
        .map(
            some ->
                Fingerprint.of(
                    definition.hex(), "sample", Double.toString(some.share()), some.by()))
        .orElse(definition);
  }

  /** What a definition is made of, for people; nothing if it is made of everything. */
  public Optional<String> text(Node node) {
    return sample(node).map(some -> some.share() + " by " + some.by());
  }

  private Optional<Sample> sample(Node node) {
    return sample.filter(some -> node.inputs().stream().anyMatch(relations::contains));
  }
}
