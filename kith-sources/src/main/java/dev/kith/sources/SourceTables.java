package dev.kith.sources;

import dev.kith.lake.PhysicalTable;
import dev.kith.model.Fingerprint;
import dev.kith.model.Located;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The physical tables of a source. Another kind, key, {@code at}, {@code changed_at} or declared
 * type makes another table; everything else changes only what is read from then on.
 *
 * @param rows its events, or its history
 * @param rejected its rejected rows
 * @param stem of the name of {@code rows}, which earlier definitions' tables share
 * @param suffix of all names, by which an environment's own tables are told from production's
 */
public record SourceTables(PhysicalTable rows, PhysicalTable rejected, String stem, String suffix) {

  /** The usual ones. */
  public static SourceTables of(SourceDefinition source) {
    String base = source.name().toString().replace(".", "__");
    String stem = base + (source.kind() == Kind.ENTITY ? "_history_" : "_");
    List<String> parts = new ArrayList<>(List.of("source", source.name().toString()));
    parts.add(source.kind().name());
    source.key().forEach(key -> parts.add("key " + key.value()));
    source.at().map(Located::value).ifPresent(at -> parts.add("at " + at));
    source.changedAt().map(Located::value).ifPresent(at -> parts.add("changed " + at));
    source
        .columns()
        .forEach(
            (name, column) -> column.type().ifPresent(type -> parts.add(name + " " + type.sql())));
    String rejectedName = source.rejected().toString();
    return new SourceTables(
        new PhysicalTable(stem + Fingerprint.of(parts).abbreviated()),
        new PhysicalTable(
            base + "_rejected_" + Fingerprint.of("rejected", rejectedName).abbreviated()),
        stem,
        "");
  }

  /** Tables beside these, for the same source. */
  public SourceTables withSuffix(String other) {
    return new SourceTables(
        new PhysicalTable(rows.name() + other),
        new PhysicalTable(rejected.name() + other),
        stem,
        suffix + other);
  }
}
