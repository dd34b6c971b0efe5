package dev.kith.run;

import dev.kith.measures.Knowledge;
import dev.kith.measures.ProfilePlan;
import dev.kith.model.KithException;
import dev.kith.model.Problems;
import dev.kith.model.Suggestion;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.run.asof.Answering;
import dev.kith.run.asof.AsOfAnswer;
import dev.kith.run.asof.AsOfCode;
import dev.kith.run.asof.AsOfQuestion;
import dev.kith.run.asof.Fitness;
import dev.kith.run.asof.InstantOfRow;
import dev.kith.run.asof.RowsOrigin;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Node;
import dev.kith.sources.GivenRows;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers how people were at instants, from the current release. */
final class PointInTime {

  private static final int PAIRS_AT_ONCE = 2_000_000;

  private final Workspace workspace;
  private final ZoneId zone;

  PointInTime(Workspace workspace) {
    this.workspace = workspace;
    this.zone = workspace.project().settings().timezone();
  }

  AsOfAnswer answer(TableName profile, AsOfQuestion question) {
    Problems problems = new Problems();
    problems.addAll(workspace.faultsOfReading());
    Blueprint blueprint = workspace.validation(problems).blueprint();
    problems.throwIfErrors();
    Node.ProfileNode node =
        blueprint
            .node(profile)
            .filter(Node.ProfileNode.class::isInstance)
            .map(Node.ProfileNode.class::cast)
            .orElseThrow(() -> noProfile(profile));
    List<Column> shown = shown(node, question.columns());
    ProfilePlan plan = node.plan().selecting(shown.stream().map(Column::name).toList());
    ReleaseReader reader = workspace.reader();
    try {
      return answer(reader, blueprint, plan, shown, question);
    } catch (RuntimeException fault) {
      reader.close();
      throw fault;
    }
  }

  private AsOfAnswer answer(
      ReleaseReader reader,
      Blueprint blueprint,
      ProfilePlan plan,
      List<Column> shown,
      AsOfQuestion question) {
    new Fitness(blueprint, reader.release()).require(plan, question.known());
    GivenRows given = given(reader, plan, question);
    Set<String> hidden =
        question.known() == Knowledge.THEN
            ? Set.of("_since_ever", Knowledge.INGESTED_AT)
            : Set.of("_since_ever");
    plan.inputs().forEach(input -> reader.bind(input, hidden));
    return new Answering(reader.session(), zone, PAIRS_AT_ONCE)
        .answer(given, question.at(), plan, shown, question.known());
  }

  private GivenRows given(ReleaseReader reader, ProfilePlan plan, AsOfQuestion question) {
    Map<String, DataType> types = new LinkedHashMap<>();
    types.put(plan.key().name(), plan.key().type());
    if (question.at() instanceof InstantOfRow.InColumn column) {
      types.put(column.name(), Primitive.INSTANT);
    }
    if (question.rows() instanceof RowsOrigin.File file) {
      return GivenRows.ofFile(reader.session(), file.path(), file.name(), types, zone);
    }
    String sql = ((RowsOrigin.Query) question.rows()).sql();
    return GivenRows.ofQuery(reader.session(), reader.readable(sql), "the query", types, zone);
  }

  private static List<Column> shown(Node.ProfileNode profile, List<String> names) {
    List<Column> all = profile.schema().columns().subList(1, profile.schema().columns().size());
    return names.isEmpty()
        ? List.copyOf(all)
        : names.stream().distinct().map(name -> column(profile, name)).toList();
  }

  private static Column column(Node.ProfileNode profile, String name) {
    return profile
        .schema()
        .column(name)
        .filter(column -> !column.equals(profile.plan().key()))
        .orElseThrow(
            () ->
                KithException.usage(
                        AsOfCode.UNKNOWN_COLUMN,
                        name,
                        "Cannot find a column of '%s': %s".formatted(profile.name(), name))
                    .withHelp(
                        Suggestion.didYouMean(name, profile.schema().names())
                            .orElse("name columns of the profile, other than its key")));
  }

  private KithException noProfile(TableName name) {
    List<String> names =
        workspace.project().profiles().stream().map(one -> one.name().toString()).toList();
    return KithException.usage(
            RunCode.UNKNOWN_TABLE, name.toString(), "Cannot find a profile: " + name)
        .withHelp(
            Suggestion.didYouMean(name.toString(), names)
                .orElse("there is " + String.join(", ", names)));
  }
}
