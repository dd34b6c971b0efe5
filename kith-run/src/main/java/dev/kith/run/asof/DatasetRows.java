package dev.kith.run.asof;

import dev.kith.engine.Session;
import dev.kith.model.TableName;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.run.graph.Node;
import dev.kith.sources.GivenRows;
import dev.kith.sql.ParsedQuery;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Function;

/** The rows of a dataset that is a table. */
public final class DatasetRows {

  private final Session session;
  private final ZoneId zone;
  private final Function<Asked, StandingCopies> copies;
  private final Binding binding;

  /**
   * @param zone the project's
   * @param copies those that there are for a question
   * @param binding makes what the dataset reads readable in the session
   */
  public DatasetRows(
      Session session, ZoneId zone, Function<Asked, StandingCopies> copies, Binding binding) {
    this.session = session;
    this.zone = zone;
    this.copies = copies;
    this.binding = binding;
  }

  /** Makes a relation readable under its name, instead of what was readable under it before. */
  public interface Binding {
    void bind(TableName relation, Set<String> hiddenNamed);
  }

  /** Computes them; a query of them, which may be run in the session for as long as it is open. */
  public String query(Node.DatasetNode dataset) {
    ParsedQuery rows = dataset.rows().orElseThrow(); // a table's rows are never those of a file
    rows.references()
        .forEach(reference -> binding.bind(reference.value(), rows.namedHiddenColumns()));
    Asked asked = asked(dataset.definition(), dataset, rows);
    GivenRows given =
        GivenRows.ofQuery(
            session,
            rows.render(Instant.EPOCH), // it does not use ':as_of'
            "the rows of '" + dataset.name() + "'",
            asked.typesOfRows(),
            zone);
    asked.plan().inputs().forEach(input -> binding.bind(input, asked.hiddenNamed()));
    return new Answering(session, zone, copies.apply(asked)).rows(asked, given);
  }

  private static Asked asked(
      DatasetDefinition definition, Node.DatasetNode dataset, ParsedQuery rows) {
    return new Asked(
        dataset.plan().plan(),
        dataset.plan().columns(),
        dataset.plan().labels(),
        new RowsOrigin.Query(rows.sql()),
        new InstantOfRow.InColumn(definition.at().value()),
        definition.known());
  }
}
