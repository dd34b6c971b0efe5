package dev.kith.run.plan;

import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Warehouse;
import dev.kith.model.TableName;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Kind;
import dev.kith.run.change.DefinitionRecords;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.SourceRelations;
import dev.kith.sources.Offer;
import dev.kith.sources.SourceTables;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Finds out what sources have to offer, and notes the versions that were read before. */
public final class SourceOffers {

  private final Warehouse warehouse;
  private final Path folder;
  private final Instant now;
  private final SourcePlaces places;
  private final DefinitionRecords definitions;

  public SourceOffers(
      Warehouse warehouse,
      Path folder,
      Instant now,
      SourcePlaces places,
      DefinitionRecords definitions) {
    this.warehouse = warehouse;
    this.folder = folder;
    this.now = now;
    this.places = places;
    this.definitions = definitions;
  }

  /** The stage of reading a source; what it holds now is put among the versions. */
  public Stage.Read read(Node.SourceNode node, Heads heads, Versions versions) {
    SourceDefinition source = node.definition();
    Map<TableName, ReleaseEntry> borrowed = places.borrowed(source);
    if (!borrowed.isEmpty()) {
      Released.note(borrowed, versions);
      return new Stage.Read(
          source.name(), "as production has it", Optional.of(false), false, Optional.empty());
    }
    SourceTables tables = places.tables(source);
    Offer offer = Offer.of(source, tables, warehouse, folder, now);
    offer
        .rows()
        .ifPresent(
            rows -> {
              versions.put(source.name(), rows, source.kind() == Kind.ENTITY);
              if (source.kind() == Kind.ENTITY) {
                versions.put(SourceRelations.history(source), rows, false);
              }
            });
    heads
        .of(tables.rejected())
        .ifPresent(head -> versions.put(source.rejected(), tables.rejected(), head, false));
    String definition = places.definition(source);
    Optional<String> other = offer.definition().filter(last -> !last.equals(definition));
    return new Stage.Read(
        source.name(),
        text(offer.what()),
        certain(offer.what()),
        other.isPresent(),
        other.flatMap(last -> definitions.since(last, node, false)));
  }

  private static Optional<Boolean> certain(Offer.What what) {
    if (what instanceof Offer.What.Unknown) {
      return Optional.empty();
    }
    return Optional.of(!(what instanceof Offer.What.Nothing));
  }

  private static String text(Offer.What what) {
    if (what instanceof Offer.What.Nothing) {
      return "nothing new";
    }
    if (what instanceof Offer.What.Unknown unknown) {
      return "will read what is new in connection '" + unknown.connection() + "'";
    }
    Offer.What.Files files = (Offer.What.Files) what;
    StringBuilder text = new StringBuilder("will read what is new");
    text.append(" in ").append(files.count()).append(files.count() == 1 ? " file" : " files");
    if (files.removed() > 0) {
      text.append(", take away the rows of ").append(files.removed()).append(" removed");
    }
    return text.toString();
  }
}
