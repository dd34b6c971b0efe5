package dev.kith.run.graph;

import dev.kith.measures.InputTable;
import dev.kith.measures.ProfilePlan;
import dev.kith.measures.ProfilePlanner;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.DatasetDefinition.RowSet;
import dev.kith.model.definition.Definition;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.Project;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.TableDefinition;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.DependencyGraph;
import dev.kith.sql.ParsedQuery;
import dev.kith.sql.SqlAnalyzer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Understands a project as a whole before any data is read: queries parsed, names resolved, the
 * order of building found, and in that order every query validated and every profile planned.
 *
 * <p>A definition with a fault is left out, and so is what reads it, so that one fault is reported
 * once.
 */
public final class Resolver {

  private final SqlAnalyzer analyzer;
  private final Problems problems;
  private final Relations relations = new Relations();
  private final Map<TableName, Node> nodes = new LinkedHashMap<>();
  private final Map<TableName, ParsedQuery> queries = new LinkedHashMap<>();

  public Resolver(SqlAnalyzer analyzer, Problems problems) {
    this.analyzer = analyzer;
    this.problems = problems;
  }

  /**
   * Resolves what can be; faults go to the problems.
   *
   * @param columns of each source whose columns are known
   * @param broken names that are defined, but not understood
   */
  public Blueprint resolve(
      Project project, Map<TableName, TableSchema> columns, Set<TableName> broken) {
    for (SourceDefinition source : project.sources()) {
      Optional.ofNullable(columns.get(source.name())).ifPresent(known -> source(source, known));
    }
    Map<TableName, Definition> derived = new LinkedHashMap<>();
    Map<TableName, List<Located<TableName>>> references = new LinkedHashMap<>();
    for (TableDefinition table : project.tables()) {
      analyzer
          .parse(table.sql(), problems)
          .ifPresent(
              query -> {
                queries.put(table.name(), query);
                derived.put(table.name(), table);
                references.put(table.name(), query.references());
              });
    }
    for (ProfileDefinition profile : project.profiles()) {
      derived.put(profile.name(), profile);
      references.put(profile.name(), ProfileInputs.of(profile));
    }
    for (DatasetDefinition dataset : project.datasets()) {
      rows(dataset).ifPresent(query -> queries.put(dataset.name(), query));
      if (dataset.table()) {
        derived.put(dataset.name(), dataset);
        references.put(
            dataset.name(),
            DatasetInputs.of(dataset, Optional.ofNullable(queries.get(dataset.name()))));
      }
    }
    Set<TableName> missing = missing(project, broken, derived.keySet());
    DatasetResolver datasets =
        new DatasetResolver(
            analyzer,
            relations,
            nodes,
            queries,
            this::input,
            name -> missing.contains(owner(name)),
            problems);
    List<TableName> order =
        DependencyGraph.of(references, problems).map(DependencyGraph::buildOrder).orElse(List.of());
    for (TableName name : order) {
      Definition definition = derived.get(name);
      boolean readsBroken =
          references.getOrDefault(name, List.of()).stream()
              .anyMatch(reference -> missing.contains(owner(reference.value())));
      if (definition == null || readsBroken || !resolved(definition, datasets)) {
        missing.add(name);
      }
    }
    return new Blueprint(
        new ArrayList<>(nodes.values()),
        relations,
        checks(project, missing),
        datasets(project, datasets));
  }

  private Optional<ParsedQuery> rows(DatasetDefinition dataset) {
    return dataset.rows() instanceof RowSet.Query rows
        ? analyzer.parse(rows.sql(), problems)
        : Optional.empty();
  }

  private Map<TableName, Node.DatasetNode> datasets(Project project, DatasetResolver resolver) {
    Map<TableName, Node.DatasetNode> datasets = new LinkedHashMap<>();
    for (DatasetDefinition dataset : project.datasets()) {
      if (nodes.get(dataset.name()) instanceof Node.DatasetNode table) {
        datasets.put(dataset.name(), table);
      } else if (!dataset.table()) {
        resolver.resolve(dataset).ifPresent(node -> datasets.put(dataset.name(), node));
      }
    }
    return datasets;
  }

  /** Of all that was understood; the checks of one may read any other. */
  private Map<TableName, CheckedTable> checks(Project project, Set<TableName> missing) {
    CheckRules rules =
        new CheckRules(analyzer, relations, name -> missing.contains(owner(name)), problems);
    Set<String> personal = PersonalColumns.of(project);
    Map<TableName, CheckedTable> checks = new LinkedHashMap<>();
    for (Node node : nodes.values()) {
      rules
          .resolve(node.definition(), node.schema(), personal)
          .ifPresent(checked -> checks.put(node.name(), checked));
    }
    return checks;
  }

  private TableName owner(TableName name) {
    for (String suffix : List.of("_history", "_rejected")) {
      if (name.name().endsWith(suffix)) {
        String stem = name.name().substring(0, name.name().length() - suffix.length());
        TableName source = new TableName(name.schema(), stem);
        if (nodes.get(source) instanceof Node.SourceNode) {
          return source;
        }
      }
    }
    return name;
  }

  /** What is defined but cannot be read, for a reason that is reported elsewhere. */
  private Set<TableName> missing(
      Project project, Set<TableName> broken, Set<TableName> understood) {
    Set<TableName> missing = new TreeSet<>(broken);
    project
        .definitions()
        .map(Definition::name)
        .filter(name -> !nodes.containsKey(name) && !understood.contains(name))
        .forEach(missing::add);
    return missing;
  }

  private void source(SourceDefinition source, TableSchema columns) {
    TableName name = source.name();
    SourceRelations.relations(source, columns)
        .forEach((relation, schema) -> relations.add(relation, name, schema));
    nodes.put(name, new Node.SourceNode(source, columns));
  }

  private boolean resolved(Definition definition, DatasetResolver datasets) {
    Optional<? extends Node> node = node(definition, datasets);
    node.ifPresent(
        found -> {
          nodes.put(found.name(), found);
          relations.add(found.name(), found.name(), found.schema());
        });
    return node.isPresent();
  }

  private Optional<? extends Node> node(Definition definition, DatasetResolver datasets) {
    if (definition instanceof DatasetDefinition dataset) {
      return datasets.resolve(dataset);
    }
    return definition instanceof TableDefinition table
        ? table(table)
        : profile((ProfileDefinition) definition);
  }

  private Optional<Node.TableNode> table(TableDefinition table) {
    ParsedQuery query = queries.get(table.name());
    if (query == null) {
      return Optional.empty();
    }
    Set<String> hidden = query.namedHiddenColumns();
    return analyzer
        .validate(query, relations.schemas(hidden), problems)
        .flatMap(
            schema ->
                new TableRules(analyzer, relations, nodes, problems)
                    .check(table, query, schema)
                    .map(
                        rules ->
                            new Node.TableNode(
                                table,
                                schema,
                                query,
                                owners(query),
                                hidden,
                                rules.incremental(),
                                rules.whyUnsafe())));
  }

  private SortedSet<TableName> owners(ParsedQuery query) {
    SortedSet<TableName> names = new TreeSet<>();
    query.references().forEach(reference -> names.add(reference.value()));
    return names;
  }

  private Optional<Node.ProfileNode> profile(ProfileDefinition profile) {
    Optional<ProfilePlan> plan = ProfilePlanner.plan(profile, this::input, analyzer, problems);
    SortedSet<TableName> names = new TreeSet<>();
    ProfileInputs.of(profile).forEach(reference -> names.add(reference.value()));
    return plan.map(found -> new Node.ProfileNode(profile, found, names));
  }

  private InputTable owned(Relations.Relation relation) {
    return InputTables.of(
        relation, relations, java.util.Objects.requireNonNull(nodes.get(relation.owner())));
  }

  /** What the measures of a profile may know of a table. */
  private Optional<InputTable> input(TableName name) {
    return relations.find(name).map(relation -> owned(relation));
  }
}
