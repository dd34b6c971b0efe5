package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RefusedDefinitionsTest {

  private static final Path FILE = Path.of("fixtures/invalid/definitions.sql");

  @Test
  void eachIsRefusedWithWhatTheFileSays() throws IOException {
    Cases cases = Cases.read(FILE);
    StringBuilder actual = new StringBuilder(cases.preface());
    for (Cases.Case c : cases.all()) {
      List<Diagnostic> faults = Sql.faults(c.sql());
      assertThat(faults).as(c.sql()).isNotEmpty();
      actual.append(("--# " + c.head()).strip()).append('\n').append(c.sql()).append('\n');
      for (Diagnostic fault : faults) {
        fault.toString().lines().forEach(line -> actual.append("--> " + line + "\n"));
      }
    }
    Golden.check(FILE, actual.toString());
  }

  @Test
  void everyCodeOfDefinitionsIsThere() throws IOException {
    Set<SqlCode> missing = EnumSet.allOf(SqlCode.class);
    missing.removeAll(Set.of(SqlCode.CYCLE, SqlCode.NOT_AN_EXPRESSION, SqlCode.ENGINE_FAILED));
    for (Cases.Case c : Cases.read(FILE).all()) {
      Sql.faults(c.sql()).forEach(fault -> missing.remove((SqlCode) fault.code()));
    }
    // Nothing unknown to Kith that DuckDB 2.0 reads, except AT, is known to us.
    assertThat(missing).isEmpty();
  }
}
