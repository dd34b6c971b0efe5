package dev.kith.model.definition;

import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import java.util.List;

/** What a file of a project defines: something with rows and a name. */
public sealed interface Definition
    permits SourceDefinition, TableDefinition, ProfileDefinition, DatasetDefinition {

  TableName name();

  Documentation documentation();

  /** The place of the name, or the start of the file whose name it is. */
  SourceSpan span();

  /** What must hold before it is published; a source has requirements of its rows instead. */
  List<Check> checks();
}
