package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The one namespace of sources, tables, profiles and datasets. */
final class NameRules {

  private NameRules() {}

  /** Reports reserved names, and files that define a name again; gives the rest. */
  static Set<ProjectFile> check(List<ProjectFile> files, Problems problems) {
    Map<TableName, ProjectFile> first = new HashMap<>();
    Set<ProjectFile> unique = Collections.newSetFromMap(new IdentityHashMap<>());
    for (ProjectFile file : files) {
      if (!file.kind().isDefinition()) {
        continue;
      }
      ProjectFile other = first.putIfAbsent(file.name(), file);
      if (other == null) {
        unique.add(file);
      } else {
        problems.add(
            Diagnostic.error(
                ProjectCode.DUPLICATE_DEFINITION,
                file.start(),
                "'" + file.name() + "' is defined by " + other.path() + " too",
                "rename one of the two"));
      }
      reserved(file, problems);
    }
    return unique;
  }

  private static void reserved(ProjectFile file, Problems problems) {
    String name = file.name().name();
    if (name.startsWith("kith_")) {
      reserved(file, "names that begin with 'kith_' are reserved", problems);
    } else if (name.endsWith("_rejected")) {
      reserved(
          file,
          "names that end in '_rejected' are reserved for a source's rejected rows",
          problems);
    } else if (name.endsWith("_changes")) {
      reserved(file, "names that end in '_changes' are reserved", problems);
    }
  }

  private static void reserved(ProjectFile file, String message, Problems problems) {
    problems.add(
        Diagnostic.error(ProjectCode.RESERVED_NAME, file.start(), message, "choose another name"));
  }
}
