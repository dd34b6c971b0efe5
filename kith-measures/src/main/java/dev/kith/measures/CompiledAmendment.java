package dev.kith.measures;

import dev.kith.model.TableName;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * SQL that computes some columns of a profile beside others that it has already. It runs as any
 * compiled query does, with the profile's rows bound as {@link CompiledUpdate#BEFORE}.
 *
 * @param inputs the relations that have to be bound under their own names: only those of which
 *     columns are computed
 */
public record CompiledAmendment(Set<TableName> inputs, CompiledQuery rows) {
  public CompiledAmendment {
    inputs = Collections.unmodifiableSet(new LinkedHashSet<>(inputs));
  }
}
