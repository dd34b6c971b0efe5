package dev.kith.run;

import dev.kith.lake.ReleaseEntry;
import dev.kith.measures.DatasetPlan;
import dev.kith.measures.ProfilePlan;
import dev.kith.model.KithException;
import dev.kith.model.Problems;
import dev.kith.model.Suggestion;
import dev.kith.model.TableName;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.DatasetDefinition.RowSet;
import dev.kith.model.definition.Knowledge;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.TableSchema;
import dev.kith.run.asof.Answering;
import dev.kith.run.asof.AsOfAnswer;
import dev.kith.run.asof.AsOfQuestion;
import dev.kith.run.asof.Asked;
import dev.kith.run.asof.Fitness;
import dev.kith.run.asof.InstantOfRow;
import dev.kith.run.asof.RowsOrigin;
import dev.kith.run.asof.StandingCopies;
import dev.kith.run.fault.AsOfCode;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Node;
import dev.kith.sources.GivenRows;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers how people were at instants, from the current release. */
final class PointInTime {

  private final Workspace workspace;
  private final ZoneId zone;

  PointInTime(Workspace workspace) {
    this.workspace = workspace;
    this.zone = workspace.project().settings().timezone();
  }

  AsOfAnswer answer(TableName name, AsOfQuestion question) {
    Blueprint blueprint = workspace.blueprint(new Problems());
    Asked asked = asked(name, blueprint, question);
    ReleaseReader reader = workspace.reader();
    try {
      new Fitness(blueprint, reader.release()).require(asked);
      GivenRows given = given(reader, asked);
      asked.plan().inputs().forEach(input -> reader.bind(input, asked.hiddenNamed()));
      StandingCopies copies =
          StandingCopies.of(
              workspace.copies(blueprint),
              blueprint,
              asked,
              input -> reader.release().entry(input).map(ReleaseEntry::snapshotId));
      return new Answering(reader.session(), zone, copies).answer(asked, given);
    } catch (RuntimeException fault) {
      reader.close();
      throw fault;
    }
  }

  private Asked asked(TableName name, Blueprint blueprint, AsOfQuestion question) {
    Node.DatasetNode dataset = blueprint.datasets().get(name);
    if (dataset != null) {
      return ofDataset(dataset, question);
    }
    Node.ProfileNode profile =
        blueprint
            .node(name)
            .filter(Node.ProfileNode.class::isInstance)
            .map(Node.ProfileNode.class::cast)
            .orElseThrow(() -> unknown(name));
    List<Column> columns = profile.schema().columns();
    DatasetPlan all =
        new DatasetPlan(profile.plan(), columns.subList(1, columns.size()), List.of());
    return asked(
        name,
        all,
        question,
        question.rows().orElseThrow(() -> missing(name, "--keys FILE|SQL")),
        question.at().orElseThrow(() -> missing(name, "--at COLUMN|TIME")),
        question.known().orElse(Knowledge.NOW));
  }

  private Asked ofDataset(Node.DatasetNode dataset, AsOfQuestion question) {
    DatasetDefinition definition = dataset.definition();
    return asked(
        definition.name(),
        dataset.plan(),
        question,
        question.rows().orElseGet(() -> rows(definition)),
        question.at().orElseGet(() -> new InstantOfRow.InColumn(definition.at().value())),
        question.known().orElse(definition.known()));
  }

  private RowsOrigin rows(DatasetDefinition dataset) {
    if (dataset.rows() instanceof RowSet.Query query) {
      return new RowsOrigin.Query(query.sql().value());
    }
    String path = ((RowSet.File) dataset.rows()).path().value();
    return new RowsOrigin.File(workspace.folder().resolve(path), path);
  }

  private static Asked asked(
      TableName name,
      DatasetPlan all,
      AsOfQuestion question,
      RowsOrigin rows,
      InstantOfRow at,
      Knowledge known) {
    List<Column> columns = selected(name, all.columns(), question.columns());
    Set<String> names =
        columns.stream()
            .map(column -> column.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    ProfilePlan plan = all.plan().selecting(names);
    return new Asked(
        plan,
        columns,
        all.labels().stream().filter(label -> plan.schema().has(label.column())).toList(),
        rows,
        at,
        known);
  }

  private static List<Column> selected(TableName owner, List<Column> all, List<String> names) {
    TableSchema schema = new TableSchema(all);
    return names.isEmpty()
        ? all
        : names.stream()
            .distinct()
            .map(name -> schema.column(name).orElseThrow(() -> noColumn(owner, name, schema)))
            .toList();
  }

  private GivenRows given(ReleaseReader reader, Asked asked) {
    Map<String, DataType> types = asked.typesOfRows();
    if (asked.rows() instanceof RowsOrigin.File file) {
      return GivenRows.ofFile(reader.session(), file.path(), file.name(), types, zone);
    }
    if (asked.rows() instanceof RowsOrigin.People people) {
      return GivenRows.ofPeople(
          reader.session(), asked.plan().key(), Answering.AS_OF, people.people());
    }
    String sql = ((RowsOrigin.Query) asked.rows()).sql();
    return GivenRows.ofQuery(reader.session(), reader.readable(sql), "the query", types, zone);
  }

  private static KithException noColumn(TableName owner, String name, TableSchema schema) {
    return KithException.usage(
            AsOfCode.UNKNOWN_COLUMN,
            name,
            "Cannot find a column of '%s': %s".formatted(owner, name))
        .withHelp(
            Suggestion.didYouMean(name, schema.names()).orElse("name columns other than the key"));
  }

  private static KithException missing(TableName profile, String option) {
    return KithException.usage(
            AsOfCode.ROWS_MISSING,
            profile.toString(),
            "Cannot tell which people and instants are meant: '%s' is a profile".formatted(profile))
        .withHelp("give " + option + "; a dataset says it itself");
  }

  private KithException unknown(TableName name) {
    List<String> names =
        Stream.concat(
                workspace.project().profiles().stream().map(profile -> profile.name().toString()),
                workspace.project().datasets().stream().map(dataset -> dataset.name().toString()))
            .toList();
    return KithException.usage(
            RunCode.UNKNOWN_TABLE, name.toString(), "Cannot find a profile or dataset: " + name)
        .withHelp(
            Suggestion.didYouMean(name.toString(), names)
                .orElse("there is " + String.join(", ", names)));
  }
}
